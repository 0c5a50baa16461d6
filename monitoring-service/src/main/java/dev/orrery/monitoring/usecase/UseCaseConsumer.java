package dev.orrery.monitoring.usecase;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.kit.consumer.Consumers;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// A use case says how its endpoint is monitored; this service takes that section.
@ApplicationScoped
class UseCaseConsumer {

    void start(@Observes StartupEvent event, Consumers consumers, MonitorSections sections) {
        consumers.replay(Topic.USE_CASES, UseCaseRevised.class, sections::adopt);
    }
}
