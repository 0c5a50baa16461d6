package dev.orrery.monitoring.monitor;

import dev.orrery.monitoring.window.Progress;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;

/// How far a series has come, for people to read from any instance.
@Entity
@Table(name = "monitored_series")
class MonitoredSeries extends PanacheEntityBase {

    /// An instance that has just handed a series over may be late with what it still has to tell.
    private static final String UNLESS_OLDER = """
            INSERT INTO monitored_series AS known (endpoint, model, version, role, epoch, predictions, failed, windows,
                open_predictions, open_from, moved_at)
            VALUES (:endpoint, :model, :version, :role, :epoch, :predictions, :failed, :windows, :open, :openFrom, :at)
            ON CONFLICT (endpoint, model, version, role) DO UPDATE SET epoch = excluded.epoch,
                predictions = excluded.predictions, failed = excluded.failed, windows = excluded.windows,
                open_predictions = excluded.open_predictions, open_from = excluded.open_from,
                moved_at = excluded.moved_at
            WHERE known.epoch <> excluded.epoch
                OR (known.predictions, known.windows) <= (excluded.predictions, excluded.windows)
            """;

    @EmbeddedId
    SeriesKey series;

    Instant epoch;
    long predictions;
    long failed;
    long windows;
    long openPredictions;
    Instant openFrom;
    Instant movedAt;

    static void keep(Progress progress) {
        SeriesKey key = SeriesKey.of(progress.series());
        getEntityManager()
                .unwrap(Session.class)
                .createNativeMutationQuery(UNLESS_OLDER)
                .setParameter("endpoint", key.endpoint())
                .setParameter("model", key.model())
                .setParameter("version", key.version())
                .setParameter("role", key.role().name())
                .setParameter("epoch", progress.epoch())
                .setParameter("predictions", progress.predictions())
                .setParameter("failed", progress.failed())
                .setParameter("windows", progress.closedWindows())
                .setParameter("open", progress.openPredictions())
                .setParameter("openFrom", progress.openSince(), Instant.class)
                .setParameter("at", progress.latest())
                .executeUpdate();
    }

    /// Newest version first.
    static List<MonitoredSeries> of(String endpoint) {
        return list("series.endpoint = ?1 order by series.version desc, series.model, series.role", endpoint);
    }

    /// The endpoints after the given one, by name.
    static List<MonitorResource.Summary> endpoints(String after, int most) {
        return find(
                        "select series.endpoint, sum(predictions) from MonitoredSeries"
                                + " where series.endpoint > ?1 group by series.endpoint order by series.endpoint",
                        after)
                .project(MonitorResource.Summary.class)
                .page(0, most)
                .list();
    }
}
