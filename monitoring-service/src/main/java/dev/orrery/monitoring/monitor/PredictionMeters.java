package dev.orrery.monitoring.monitor;

import dev.orrery.monitoring.deployment.Deployments;
import dev.orrery.monitoring.window.Progress;
import dev.orrery.monitoring.window.Series;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// `orrery_monitor_predictions_total`: every prediction that arrived, by endpoint and version. The total is the state
/// store's own, so it goes on where it was after a restart.
@ApplicationScoped
class PredictionMeters {

    private record Version(String endpoint, int version) {}

    /// One meter and the series that it adds up.
    private static final class Total {
        private final Map<Series, Long> bySeries = new ConcurrentHashMap<>();
        private FunctionCounter counter;

        double sum() {
            return bySeries.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private final Map<Version, Total> totals = new ConcurrentHashMap<>();
    private final MeterRegistry registry;
    private final Deployments deployments;

    PredictionMeters(MeterRegistry registry, Deployments deployments) {
        this.registry = registry;
        this.deployments = deployments;
    }

    void moved(Progress progress) {
        Series series = progress.series();
        totals.computeIfAbsent(new Version(series.endpoint(), series.version()), this::register)
                .bySeries
                .put(series, progress.predictions());
    }

    void retire(@Observes Deployments.Settled settled) {
        totals.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey().endpoint().equals(settled.endpoint())
                    && entry.getValue().bySeries.keySet().stream().allMatch(this::replaced);
            if (gone) {
                registry.remove(entry.getValue().counter);
            }
            return gone;
        });
    }

    private boolean replaced(Series series) {
        return deployments.replaced(series.endpoint(), series.model(), series.version(), 0);
    }

    private Total register(Version version) {
        Total total = new Total();
        total.counter = FunctionCounter.builder("orrery.monitor.predictions", total, Total::sum)
                .tags(Tags.of("endpoint", version.endpoint(), "version", String.valueOf(version.version())))
                .description("Predictions that arrived, each once")
                .register(registry);
        return total;
    }
}
