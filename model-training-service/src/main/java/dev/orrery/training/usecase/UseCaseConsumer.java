package dev.orrery.training.usecase;

import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.UseCaseRevised;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Hears of every revision of every use case.
@ApplicationScoped
class UseCaseConsumer {

    private final UseCases useCases;

    UseCaseConsumer(UseCases useCases) {
        this.useCases = useCases;
    }

    @Incoming("use-cases")
    @RunOnVirtualThread
    void consume(ConsumerRecord<String, byte[]> record) {
        if (EventCodec.decode(record) instanceof UseCaseRevised revised) {
            useCases.remember(revised);
        }
    }
}
