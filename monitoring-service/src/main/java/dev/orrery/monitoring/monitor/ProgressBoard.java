package dev.orrery.monitoring.monitor;

import dev.orrery.contracts.usecase.Monitor;
import dev.orrery.monitoring.Ticker;
import dev.orrery.monitoring.reference.References;
import dev.orrery.monitoring.usecase.MonitorSections;
import dev.orrery.monitoring.window.Knowledge;
import dev.orrery.monitoring.window.Progress;
import dev.orrery.monitoring.window.Reference;
import dev.orrery.monitoring.window.Series;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Where the stream of predictions meets the rest of the service. What it tells is written to the database a few times
/// a second, only the newest of each series.
@ApplicationScoped
class ProgressBoard implements Knowledge {

    private static final Duration PAUSE = Duration.ofMillis(300);

    private final Map<Series, Progress> unwritten = new ConcurrentHashMap<>();
    private final References references;
    private final MonitorSections sections;
    private final PredictionMeters meters;
    private Ticker ticker;

    ProgressBoard(References references, MonitorSections sections, PredictionMeters meters) {
        this.references = references;
        this.sections = sections;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        ticker = Ticker.every(PAUSE, "Writing how far predictions have come", this::write);
    }

    void stop(@Observes ShutdownEvent event) {
        ticker.close();
    }

    @Override
    public Reference reference(Series series) {
        return references.of(series.model(), series.version());
    }

    @Override
    public Monitor monitor(String endpoint) {
        return sections.of(endpoint);
    }

    @Override
    public void moved(Progress progress) {
        unwritten.put(progress.series(), progress);
        meters.moved(progress);
    }

    private void write() {
        List<Progress> batch = new ArrayList<>(unwritten.values());
        if (batch.isEmpty()) {
            return;
        }
        QuarkusTransaction.requiringNew().run(() -> batch.forEach(MonitoredSeries::keep));
        batch.forEach(written -> unwritten.remove(written.series(), written));
    }
}
