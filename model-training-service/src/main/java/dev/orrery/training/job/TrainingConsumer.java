package dev.orrery.training.job;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.TrainingRequested;
import dev.orrery.kit.consumer.Consumers;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Turns requests into jobs, and leaves the work to the training loop.
@ApplicationScoped
class TrainingConsumer {

    private final Trainings trainings;
    private final TrainingLoop loop;

    TrainingConsumer(Trainings trainings, TrainingLoop loop) {
        this.trainings = trainings;
        this.loop = loop;
    }

    void start(@Observes StartupEvent event, Consumers consumers) {
        consumers.share("training-requests", Topic.TRAINING_REQUESTS, TrainingRequested.class, this::take);
    }

    private void take(TrainingRequested requested) {
        trainings.request(requested);
        loop.nudge();
    }
}
