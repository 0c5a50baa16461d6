package dev.orrery.registry.model;

import dev.orrery.registry.model.ModelVersions.Registered;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// How many versions each model has, one gauge per model.
@ApplicationScoped
class ModelGauges {

    private final MeterRegistry meters;
    private final Map<String, AtomicInteger> versions = new ConcurrentHashMap<>();

    ModelGauges(MeterRegistry meters) {
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        List<RegisteredModel> models = RegisteredModel.listAll();
        models.forEach(model -> show(new Registered(model.name, model.lastVersion)));
    }

    void show(@Observes(during = TransactionPhase.AFTER_SUCCESS) Registered registered) {
        versions.computeIfAbsent(registered.model(), this::gauge).accumulateAndGet(registered.versions(), Math::max);
    }

    private AtomicInteger gauge(String model) {
        AtomicInteger count = new AtomicInteger();
        Gauge.builder("orrery.model.versions", count, AtomicInteger::get)
                .description("Versions that a model has had registered")
                .tag("model", model)
                .register(meters);
        return count;
    }
}
