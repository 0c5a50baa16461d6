package dev.orrery.validation.schema;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.kit.consumer.Consumers;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// A use case describes its dataset; this service takes that section. All of them are heard again at every start, so
/// that what was missed or lost is made good.
@Singleton
class UseCaseConsumer {

    private final Schemas schemas;

    UseCaseConsumer(Schemas schemas) {
        this.schemas = schemas;
    }

    void onStart(@Observes StartupEvent event, Consumers consumers) {
        consumers.replay(
                Topic.USE_CASES, UseCaseRevised.class, revised -> schemas.adopt(revised.useCase(), revised.revision()));
    }
}
