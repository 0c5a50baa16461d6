package dev.orrery.monitoring.deployment;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.kit.consumer.Consumers;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Learns which versions run, so that what is said of replaced ones comes to an end.
@ApplicationScoped
class DeploymentConsumer {

    void start(@Observes StartupEvent event, Consumers consumers, Deployments deployments) {
        consumers.replay(Topic.DEPLOYMENTS, DeploymentChanged.class, deployments::adopt);
    }
}
