package dev.orrery.monitoring.prediction;

import dev.orrery.kit.retention.Kept;
import dev.orrery.monitoring.window.Series;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/// Where predictions lie is known for as long as their topic keeps them.
@ApplicationScoped
class KeptRuns implements Kept {

    @Override
    public String what() {
        return "prediction-positions";
    }

    @Override
    public Duration keep() {
        return Series.SILENCE;
    }

    @Override
    @Transactional
    public long trim(Instant before) {
        return BlockRun.delete("indexedAt < ?1", before);
    }
}
