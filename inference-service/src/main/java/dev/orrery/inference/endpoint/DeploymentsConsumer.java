package dev.orrery.inference.endpoint;

import dev.orrery.contracts.Names;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.kit.consumer.Consumers;
import dev.orrery.kit.consumer.EventConsumer;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;

/// Hears what should run. Every instance reads the whole compacted topic at each start, and does without it while the
/// broker is away.
@Startup
@Singleton
class DeploymentsConsumer {

    private final Rollouts rollouts;
    private final Consumers consumers;
    private EventConsumer<DeploymentChanged> topic;

    DeploymentsConsumer(Rollouts rollouts, Consumers consumers) {
        this.rollouts = rollouts;
        this.consumers = consumers;
    }

    @PostConstruct
    void start() {
        topic = consumers.replayIfReachable(Topic.DEPLOYMENTS, DeploymentChanged.class, this::hear);
    }

    /// Whether all is heard that had been said when the service started.
    boolean isCaughtUp() {
        return topic.isCaughtUp();
    }

    /// Whether the topic has been tried and cannot be read now.
    boolean isHeldUp() {
        return topic.isHeldUp();
    }

    private void hear(DeploymentChanged deployment) {
        try {
            Names.require("endpoint", deployment.endpoint());
        } catch (IllegalArgumentException e) {
            Log.errorf("A deployment is passed over: %s", e.getMessage());
            return;
        }
        rollouts.want(deployment);
    }
}
