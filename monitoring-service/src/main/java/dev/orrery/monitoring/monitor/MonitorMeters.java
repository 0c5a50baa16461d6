package dev.orrery.monitoring.monitor;

import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.EvaluationClosed.Drift;
import dev.orrery.contracts.event.EvaluationClosed.Verdict;
import dev.orrery.contracts.event.Severity;
import dev.orrery.kit.loop.Loops;
import dev.orrery.monitoring.alert.Alerts;
import dev.orrery.monitoring.count.CountedInstance;
import dev.orrery.monitoring.deployment.Deployments;
import dev.orrery.monitoring.monitor.SharedMeters.Fact;
import dev.orrery.monitoring.monitor.SharedMeters.Name;
import dev.orrery.monitoring.window.MonitoredSeries;
import dev.orrery.monitoring.window.Series;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is watched, in numbers. They are read from the database every second, so that every instance says the same,
/// whichever of them counts a series just now; dashboards take the largest and not the sum.
@ApplicationScoped
class MonitorMeters {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Alerts alerts;
    private final Deployments deployments;
    private final SharedMeters meters;
    /// The latest judged window of each series, by its number: read once.
    private Map<Long, EvaluationClosed> latest = Map.of();

    MonitorMeters(MeterRegistry registry, Alerts alerts, Deployments deployments) {
        this.alerts = alerts;
        this.deployments = deployments;
        this.meters = new SharedMeters(registry);
    }

    void start(@Observes StartupEvent event, Loops loops) {
        loops.start("meters", PAUSE, () -> {
            QuarkusTransaction.requiringNew().run(this::refresh);
            return false;
        });
    }

    /// One pass, in a transaction; for one thread at a time.
    void refresh() {
        Map<Name, Double> values = new HashMap<>();
        Deployments.Running running = deployments.running();
        List<MonitoredSeries> watched = MonitoredSeries.listAll();
        watched.stream()
                .filter(series -> !isReplaced(running, series.series))
                .forEach(series -> values.merge(
                        new Name(Fact.PREDICTIONS, tags(series.series)), (double) series.predictions, Double::sum));
        List<Epoch> epochs = Epoch.watched().stream()
                .filter(epoch -> !isReplaced(running, epoch.key.series()))
                .toList();
        epochs.forEach(epoch -> count(epoch, values));
        readLatest(epochs);
        latest.values().forEach(evaluation -> drift(evaluation, values));
        watched.stream().map(series -> series.series.endpoint()).distinct().forEach(name -> noAlerts(name, values));
        alerts.open().forEach(alert -> values.merge(name(alert.endpoint(), alert.severity()), 1.0, Double::sum));
        values.put(new Name(Fact.MISSING, Tags.empty()), (double) CountedInstance.missing());
        meters.show(values);
    }

    private static void count(Epoch epoch, Map<Name, Double> values) {
        Tags tags = tags(epoch.key.series());
        values.merge(
                new Name(Fact.EPOCHS, tags.and("role", name(epoch.key.series().role()))), 1.0, Double::sum);
        for (Verdict verdict : Verdict.values()) {
            values.merge(
                    new Name(Fact.WINDOWS, tags.and("verdict", name(verdict))),
                    (double) epoch.count(verdict),
                    Double::sum);
        }
    }

    private void readLatest(List<Epoch> epochs) {
        Map<Series, Long> numbers = epochs.stream()
                .filter(epoch -> epoch.lastJudged != null)
                .collect(Collectors.toMap(epoch -> epoch.key.series(), epoch -> epoch.lastJudged, Math::max));
        List<Long> unread = numbers.values().stream()
                .filter(number -> !latest.containsKey(number))
                .toList();
        Map<Long, EvaluationClosed> read = unread.isEmpty()
                ? Map.of()
                : Evaluation.numbered(unread).stream()
                        .collect(Collectors.toMap(evaluation -> evaluation.number, Evaluation::closed));
        Map<Long, EvaluationClosed> known = new HashMap<>(latest);
        known.putAll(read);
        known.keySet().retainAll(numbers.values());
        latest = known;
    }

    private static void drift(EvaluationClosed evaluation, Map<Name, Double> values) {
        Tags version = tags(Series.of(evaluation));
        Stream.concat(evaluation.columns().stream(), evaluation.outputs().stream())
                .forEach(drift -> drift(drift, version.and("column", drift.column()), values));
    }

    /// A version that runs in two roles shows what is worse.
    private static void drift(Drift drift, Tags tags, Map<Name, Double> values) {
        values.merge(new Name(Fact.PSI, tags), drift.psi(), Math::max);
        values.merge(new Name(Fact.CRITICAL_VALUE, tags), drift.criticalValue(), Math::max);
        values.merge(new Name(Fact.DETECTED, tags), drift.drifted() ? 1.0 : 0.0, Math::max);
    }

    private static void noAlerts(String endpoint, Map<Name, Double> values) {
        for (Severity severity : Severity.values()) {
            values.put(name(endpoint, severity), 0.0);
        }
    }

    private static boolean isReplaced(Deployments.Running running, Series series) {
        return running.replaced(series.endpoint(), series.model(), series.version());
    }

    private static Name name(String endpoint, Severity severity) {
        return new Name(Fact.ALERTS, Tags.of("endpoint", endpoint, "severity", name(severity)));
    }

    private static Tags tags(Series series) {
        return Tags.of("endpoint", series.endpoint(), "version", String.valueOf(series.version()));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
