package dev.orrery.monitoring.monitor;

import dev.orrery.monitoring.window.Progress;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/// How far a series has come, for people to read from any instance.
@Entity
@Table(name = "monitored_series")
class MonitoredSeries extends PanacheEntityBase {

    @EmbeddedId
    SeriesKey series;

    long predictions;
    long failed;
    long openPredictions;
    Instant openFrom;

    static void keep(Progress progress) {
        SeriesKey key = SeriesKey.of(progress.series());
        MonitoredSeries known = findById(key);
        MonitoredSeries series = known == null ? new MonitoredSeries() : known;
        series.series = key;
        series.predictions = progress.predictions();
        series.failed = progress.failed();
        series.openPredictions = progress.openPredictions();
        series.openFrom = progress.openSince();
        series.persist();
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
