package dev.orrery.monitoring.monitor;

import dev.orrery.kit.retention.Kept;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/// How far each epoch has come is known for longer than its topic keeps its windows: read again from its beginning, it
/// tells nothing new.
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
