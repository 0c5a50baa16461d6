package dev.orrery.monitoring.monitor;

import dev.orrery.kit.retention.Kept;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/// What the windows of an epoch said is counted for longer than their topic keeps them.
@ApplicationScoped
class KeptEpochs implements Kept {

    static final Duration KEPT = Duration.ofDays(400);

    @Override
    public String what() {
        return "epochs";
    }

    @Override
    public Duration keep() {
        return KEPT;
    }

    @Override
    @Transactional
    public long trim(Instant before) {
        return Epoch.delete("changedAt < ?1", before);
    }
}
