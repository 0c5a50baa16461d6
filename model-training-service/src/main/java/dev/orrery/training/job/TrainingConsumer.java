package dev.orrery.training.job;

import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.TrainingRequested;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Turns requests into jobs, and leaves the work to the worker.
@ApplicationScoped
class TrainingConsumer {

    private final Trainings trainings;
    private final Worker worker;

    TrainingConsumer(Trainings trainings, Worker worker) {
        this.trainings = trainings;
        this.worker = worker;
    }

    @Incoming("training-requests")
    @RunOnVirtualThread
    void consume(ConsumerRecord<String, byte[]> record) {
        if (EventCodec.decode(record) instanceof TrainingRequested requested) {
            trainings.request(requested);
            worker.wake();
        }
    }
}
