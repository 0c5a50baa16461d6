package dev.orrery.monitoring.reference;

import dev.orrery.kit.retention.Kept;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/// Profiles are kept while their model version is watched, and a month at least.
@ApplicationScoped
class KeptProfiles implements Kept {

    static final Duration KEPT = Duration.ofDays(31);

    @Override
    public String what() {
        return "profiles";
    }

    @Override
    public Duration keep() {
        return KEPT;
    }

    @Override
    @Transactional
    public long trim(Instant before) {
        return StoredProfile.forget(before);
    }
}
