package dev.orrery.monitoring.alert;

import dev.orrery.contracts.event.Severity;
import dev.orrery.monitoring.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// `orrery_alerts_open`: counted in the database every second, so that every instance says the same.
@ApplicationScoped
class AlertMeters {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private record Open(String endpoint, Severity severity) {}

    private final Map<Open, AtomicLong> counts = new HashMap<>();
    private final MeterRegistry registry;
    private Ticker ticker;

    AlertMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) {
        ticker = Ticker.every(PAUSE, "Counting open alerts", this::count);
    }

    void stop(@Observes ShutdownEvent event) {
        ticker.close();
    }

    private void count() {
        List<Alert> open = QuarkusTransaction.requiringNew().call(Alert::allOpen);
        open.forEach(alert -> register(alert.endpoint));
        Map<Open, Long> now = new HashMap<>();
        open.forEach(alert -> now.merge(new Open(alert.endpoint, alert.severity), 1L, Long::sum));
        counts.forEach((key, count) -> count.set(now.getOrDefault(key, 0L)));
    }

    private void register(String endpoint) {
        for (Severity severity : Severity.values()) {
            counts.computeIfAbsent(
                    new Open(endpoint, severity),
                    key -> registry.gauge("orrery.alerts.open", tags(key), new AtomicLong()));
        }
    }

    private static Tags tags(Open open) {
        return Tags.of(
                "endpoint", open.endpoint(), "severity", open.severity().name().toLowerCase(Locale.ROOT));
    }
}
