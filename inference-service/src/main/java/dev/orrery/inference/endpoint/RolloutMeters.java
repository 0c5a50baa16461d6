package dev.orrery.inference.endpoint;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/// What becomes of rollouts, and how many endpoints answer.
final class RolloutMeters {

    private final MeterRegistry registry;

    RolloutMeters(MeterRegistry registry, Endpoints endpoints) {
        this.registry = registry;
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

    private void gauge(String state, Endpoints endpoints, ToDoubleFunction<Endpoints> count) {
        Gauge.builder("orrery.endpoints", endpoints, count)
                .description("Endpoints that a deployment has named, by whether a model answers there")
                .tag("state", state)
                .register(registry);
    }
}
