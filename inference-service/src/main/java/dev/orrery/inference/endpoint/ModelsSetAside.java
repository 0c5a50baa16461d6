package dev.orrery.inference.endpoint;

import dev.orrery.inference.InferenceConfig;
import dev.orrery.kit.retention.Kept;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/// Models that are not loaded any more because that ended the process. After a while they are tried again, at the next
/// start or deployment.
@Singleton
class ModelsSetAside implements Kept {

    private final Rollouts rollouts;
    private final Duration keep;

    ModelsSetAside(Rollouts rollouts, InferenceConfig config) {
        this.rollouts = rollouts;
        keep = config.rollout().keepSetAside();
    }

    @Override
    public String what() {
        return "models-set-aside";
    }

    @Override
    public Duration keep() {
        return keep;
    }

    @Override
    public long trim(Instant before) {
        return rollouts.forgetSetAside(before);
    }
}
