package dev.orrery.monitoring.count;

import dev.orrery.kit.retention.Kept;
import dev.orrery.monitoring.window.Series;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/// Which predictions of an instance were counted is known for longer than their topic keeps them.
@ApplicationScoped
class KeptInstances implements Kept {

    @Override
    public String what() {
        return "counted-instances";
    }

    @Override
    public Duration keep() {
        return Series.SILENCE;
    }

    @Override
    @Transactional
    public long trim(Instant before) {
        return CountedInstance.delete("countedAt < ?1", before);
    }
}
