package dev.orrery.monitoring.monitor;

import dev.orrery.contracts.usecase.Monitor;
import dev.orrery.kit.loop.Loops;
import dev.orrery.monitoring.reference.References;
import dev.orrery.monitoring.usecase.MonitorSections;
import dev.orrery.monitoring.window.Knowledge;
import dev.orrery.monitoring.window.Progress;
import dev.orrery.monitoring.window.Reference;
import dev.orrery.monitoring.window.Series;
import io.quarkus.narayana.jta.QuarkusTransaction;
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

    ProgressBoard(References references, MonitorSections sections) {
        this.references = references;
        this.sections = sections;
    }

    void start(@Observes StartupEvent event, Loops loops) {
        loops.start("progress-writer", PAUSE, this::write);
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
    }

    @Override
    public void retired(Progress progress) {
        references.forget(progress.series().model(), progress.series().version());
    }

    private boolean write() {
        List<Progress> batch = new ArrayList<>(unwritten.values());
        if (!batch.isEmpty()) {
            QuarkusTransaction.requiringNew().run(() -> batch.forEach(MonitoredSeries::keep));
            batch.forEach(written -> unwritten.remove(written.series(), written));
        }
        return false;
    }
}
