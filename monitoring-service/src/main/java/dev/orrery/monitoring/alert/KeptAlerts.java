package dev.orrery.monitoring.alert;

import dev.orrery.kit.retention.Kept;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/// An alert is kept for a year after it was resolved; one that is open, for as long as it is.
@ApplicationScoped
class KeptAlerts implements Kept {

    static final Duration KEPT = Duration.ofDays(365);

    @Override
    public String what() {
        return "resolved-alerts";
    }

    @Override
    public Duration keep() {
        return KEPT;
    }

    @Override
    @Transactional
    public long trim(Instant before) {
        return Alert.delete("resolvedAt < ?1", before);
    }
}
