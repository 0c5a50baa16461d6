package dev.orrery.training.usecase;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.kit.consumer.Consumers;
import dev.orrery.kit.consumer.EventConsumer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/// Hears of every revision of every use case.
@ApplicationScoped
public class UseCaseConsumer {

    private final UseCases useCases;
    private volatile EventConsumer<UseCaseRevised> consumer;

    UseCaseConsumer(UseCases useCases) {
        this.useCases = useCases;
    }

    void start(@Observes StartupEvent event, Consumers consumers) {
        consumer = consumers.replay(Topic.USE_CASES, UseCaseRevised.class, useCases::remember);
    }

    /// Why the newest revision of a use case is not known here although it was heard of; empty when it is.
    public Optional<String> notUnderstood(String useCase) {
        EventConsumer<UseCaseRevised> started = consumer;
        return started == null ? Optional.empty() : started.notUnderstood(useCase);
    }

    /// Why the newest revision known here may be out of date; empty when it is not.
    public Optional<String> waitsFor() {
        EventConsumer<UseCaseRevised> started = consumer;
        return started == null ? Optional.of("the service is starting") : started.waitsFor();
    }
}
