package dev.orrery.inference.endpoint;

import dev.orrery.contracts.event.DeploymentChanged.Slot;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/// What becomes of rollouts, and how many endpoints answer.
final class RolloutMeters {

    private final MeterRegistry registry;
    private final Endpoints endpoints;
    private final MultiGauge models;

    RolloutMeters(MeterRegistry registry, Endpoints endpoints) {
        this.registry = registry;
        this.endpoints = endpoints;
        models = MultiGauge.builder("orrery.model.info")
                .description("1 for each version that is loaded at an endpoint, with what computes its answers")
                .register(registry);
        gauge("answering", endpoints, Endpoints::answering);
        gauge("not_answering", endpoints, of -> of.count() - of.answering());
    }

    void count(Endpoint endpoint, String outcome) {
        Counter.builder("orrery.rollouts")
                .description("Attempts to bring a deployment into service, by what became of them")
                .tags("endpoint", endpoint.name(), "outcome", outcome)
                .register(registry)
                .increment();
    }

    /// Tells anew which versions are loaded.
    synchronized void loaded() {
        models.register(
                endpoints.after("").stream()
                        .map(Endpoint::looked)
                        .filter(Objects::nonNull)
                        .flatMap(running -> running.slots().stream())
                        .map(serving -> Row.of(tags(serving), 1))
                        .toList(),
                true);
    }

    private static Tags tags(Serving serving) {
        Slot slot = serving.slot();
        return Tags.of(
                "endpoint",
                serving.deployment().endpoint(),
                "model",
                slot.model(),
                "version",
                Integer.toString(slot.version()),
                "role",
                slot.role().word(),
                "engine",
                serving.engine().kind().word());
    }

    private void gauge(String state, Endpoints endpoints, ToDoubleFunction<Endpoints> count) {
        Gauge.builder("orrery.endpoints", endpoints, count)
                .description("Endpoints that a deployment has named, by whether a model answers there")
                .tag("state", state)
                .register(registry);
    }
}
