package dev.orrery.monitoring.window;

import dev.orrery.kit.retention.Kept;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/// A series of which nothing comes any more is watched no more. What still waited goes with it.
@ApplicationScoped
class KeptSeries implements Kept {

    static final Duration KEPT = Series.SILENCE;

    @Override
    public String what() {
        return "monitored-series";
    }

    @Override
    public Duration keep() {
        return KEPT;
    }

    @Override
    @Transactional
    public long trim(Instant before) {
        return MonitoredSeries.delete("movedAt < ?1", before);
    }
}
