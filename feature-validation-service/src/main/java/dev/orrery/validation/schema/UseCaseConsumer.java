package dev.orrery.validation.schema;

import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.UseCaseRevised;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// A use case describes its dataset; this service takes that section.
@ApplicationScoped
class UseCaseConsumer {

    private final Schemas schemas;

    UseCaseConsumer(Schemas schemas) {
        this.schemas = schemas;
    }

    @Incoming("use-cases")
    @RunOnVirtualThread
    void on(ConsumerRecord<String, byte[]> record) {
        if (EventCodec.decode(record) instanceof UseCaseRevised revised) {
            schemas.adopt(
                    revised.useCase().name(),
                    revised.revision(),
                    revised.useCase().dataset());
        }
    }
}
