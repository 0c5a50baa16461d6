package dev.orrery.monitoring.monitor;

import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.EvaluationClosed.Drift;
import dev.orrery.contracts.event.EvaluationClosed.Verdict;
import dev.orrery.monitoring.deployment.Deployments;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// What the latest window with a verdict said of each column, and how many windows were closed. A gauge is registered
/// once and reads a field; it is retired when its version is replaced, or dashboards would show the dead for ever.
@ApplicationScoped
class DriftMeters {

    private record Watched(String endpoint, String model, int version) {
        Tags tags() {
            return Tags.of("endpoint", endpoint, "version", String.valueOf(version));
        }
    }

    /// One column's gauges read from here.
    private static final class Latest {
        private volatile Drift drift;

        Latest(Drift drift) {
            this.drift = drift;
        }
    }

    private static final class Meters {
        private final Map<String, Latest> columns = new ConcurrentHashMap<>();
        private final Set<Meter> all = ConcurrentHashMap.newKeySet();
    }

    private final Map<Watched, Meters> watched = new ConcurrentHashMap<>();
    private final MeterRegistry registry;
    private final Deployments deployments;

    DriftMeters(MeterRegistry registry, Deployments deployments) {
        this.registry = registry;
        this.deployments = deployments;
    }

    /// After a restart the gauges go on saying what was said last.
    void start(@Observes StartupEvent event) {
        QuarkusTransaction.requiringNew().call(Evaluation::latestVerdicts).stream()
                .filter(evaluation -> !replaced(evaluation))
                .forEach(this::show);
    }

    void closed(EvaluationClosed evaluation) {
        if (replaced(evaluation)) {
            return;
        }
        Watched key = key(evaluation);
        var windows = registry.counter("orrery.monitor.windows", key.tags().and("verdict", name(evaluation.verdict())));
        windows.increment();
        meters(key).all.add(windows);
        if (evaluation.verdict() != Verdict.INSUFFICIENT_DATA) {
            show(evaluation);
        }
    }

    void retire(@Observes Deployments.Settled settled) {
        watched.entrySet().removeIf(entry -> {
            Watched key = entry.getKey();
            boolean gone = key.endpoint().equals(settled.endpoint())
                    && deployments.replaced(key.endpoint(), key.model(), key.version(), 0);
            if (gone) {
                entry.getValue().all.forEach(registry::remove);
            }
            return gone;
        });
    }

    private void show(EvaluationClosed evaluation) {
        Watched key = key(evaluation);
        Meters meters = meters(key);
        Stream.concat(evaluation.columns().stream(), Stream.of(evaluation.score()))
                .forEach(drift -> meters.columns.computeIfAbsent(drift.column(), column -> register(meters, key, drift))
                        .drift = drift);
    }

    private Latest register(Meters meters, Watched key, Drift first) {
        Latest latest = new Latest(first);
        Tags tags = key.tags().and("column", first.column());
        meters.all.add(Gauge.builder("orrery.drift.psi", latest, column -> column.drift.psi())
                .tags(tags)
                .description("Population stability index of the latest judged window")
                .register(registry));
        meters.all.add(Gauge.builder("orrery.drift.critical.value", latest, column -> column.drift.criticalValue())
                .tags(tags)
                .description("The index that chance alone exceeds with the configured probability")
                .register(registry));
        meters.all.add(Gauge.builder("orrery.drift.detected", latest, column -> column.drift.drifted() ? 1 : 0)
                .tags(tags)
                .description("Whether the latest judged window has drifted")
                .register(registry));
        return latest;
    }

    private Meters meters(Watched key) {
        return watched.computeIfAbsent(key, _ -> new Meters());
    }

    private boolean replaced(EvaluationClosed evaluation) {
        return deployments.replaced(
                evaluation.endpoint(), evaluation.model(), evaluation.version(), evaluation.deploymentRevision());
    }

    private static Watched key(EvaluationClosed evaluation) {
        return new Watched(evaluation.endpoint(), evaluation.model(), evaluation.version());
    }

    private static String name(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
