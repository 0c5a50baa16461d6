package dev.orrery.inference.endpoint;

import dev.orrery.inference.InferenceConfig;
import dev.orrery.kit.retention.Kept;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/// Endpoints that the deployments topic does not name any more. As long as the topic has not been read whole, nobody
/// can tell, and everything stays.
@Singleton
class KeptEndpoints implements Kept {

    private final Rollouts rollouts;
    private final DeploymentsConsumer deployments;
    private final Duration keep;

    KeptEndpoints(Rollouts rollouts, DeploymentsConsumer deployments, InferenceConfig config) {
        this.rollouts = rollouts;
        this.deployments = deployments;
        keep = config.rollout().keepUnnamed();
    }

    @Override
    public String what() {
        return "unnamed-endpoints";
    }

    @Override
    public Duration keep() {
        return keep;
    }

    @Override
    public long trim(Instant before) {
        return deployments.isCaughtUp() ? rollouts.forgetUnnamed(before) : 0;
    }
}
