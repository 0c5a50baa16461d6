package dev.orrery.monitoring.monitor;

import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.EvaluationClosed.Verdict;
import dev.orrery.monitoring.window.Series;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/// A stretch in which a series' windows were numbered without a break. There is a second one only where the
/// series came back after a long silence.
@Entity
@Table(name = "epochs")
class Epoch extends PanacheEntityBase {

    @Embeddable
    record Key(Series series, Instant epoch) {}

    @EmbeddedId
    Key key;

    long lastWindow;
    long stable;
    long drift;
    long insufficientData;
    /// The number of the newest evaluation with a verdict; null before there is one.
    Long lastJudged;

    Instant changedAt;

    /// The epoch that a window belongs to, a new one where it is the first of it.
    static Epoch of(EvaluationClosed closed) {
        Key key = new Key(Series.of(closed), closed.epoch());
        Epoch known = findById(key);
        if (known != null) {
            return known;
        }
        Epoch epoch = new Epoch();
        epoch.key = key;
        return epoch;
    }

    /// Of one series, the newest first.
    static List<Epoch> of(Series series) {
        return list("key.series = ?1 order by key.epoch desc", series);
    }

    /// Of all series that are still watched.
    static List<Epoch> watched() {
        return list("from Epoch e where exists (select 1 from MonitoredSeries m where m.series = e.key.series)");
    }

    boolean isNew() {
        return lastWindow == 0;
    }

    void take(Evaluation kept) {
        lastWindow = kept.windowNumber;
        changedAt = kept.keptAt;
        switch (kept.verdict) {
            case STABLE -> stable++;
            case DRIFT -> drift++;
            case INSUFFICIENT_DATA -> insufficientData++;
        }
        if (kept.verdict != Verdict.INSUFFICIENT_DATA) {
            lastJudged = kept.number;
        }
        persist();
    }

    long count(Verdict verdict) {
        return switch (verdict) {
            case STABLE -> stable;
            case DRIFT -> drift;
            case INSUFFICIENT_DATA -> insufficientData;
        };
    }
}
