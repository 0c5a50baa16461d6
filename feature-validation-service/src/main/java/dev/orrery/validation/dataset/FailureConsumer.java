package dev.orrery.validation.dataset;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.BatchMoved;
import dev.orrery.kit.consumer.Consumers;
import dev.orrery.validation.batch.Failures;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// A batch that ingest could not publish to its end never gets one here either: it ends as failed, and what is staged
/// of it goes.
@Singleton
class FailureConsumer {

    private final Failures failures;
    private final Leftovers leftovers;

    FailureConsumer(Failures failures, Leftovers leftovers) {
        this.failures = failures;
        this.leftovers = leftovers;
    }

    void onStart(@Observes StartupEvent event, Consumers consumers) {
        consumers.share("batches", Topic.BATCHES, BatchMoved.class, this::on);
    }

    private void on(BatchMoved moved) {
        if (moved.state() == BatchMoved.State.FAILED) {
            failures.note(moved.batch(), moved.dataset(), moved.reason());
            leftovers.remove(moved.batch());
        }
    }
}
