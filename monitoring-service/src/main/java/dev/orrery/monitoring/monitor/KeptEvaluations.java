package dev.orrery.monitoring.monitor;

import dev.orrery.kit.retention.Kept;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/// Closed windows are for looking back a quarter of a year; their topic has them for a year.
@ApplicationScoped
class KeptEvaluations implements Kept {

    static final Duration KEPT = Duration.ofDays(90);

    @Override
    public String what() {
        return "evaluations";
    }

    @Override
    public Duration keep() {
        return KEPT;
    }

    @Override
    @Transactional
    public long trim(Instant before) {
        return Evaluation.delete("keptAt < ?1", before);
    }
}
