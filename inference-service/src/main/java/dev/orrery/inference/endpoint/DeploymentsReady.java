package dev.orrery.inference.endpoint;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready when this instance does all that it can do: what was served before is served again, and the deployments topic
/// is read to where its end was at the start, or cannot be read. That one endpoint's model is still on its way or
/// cannot be loaded says nothing about the others; `/v1/endpoints` and `/v2/models/NAME/ready` tell.
@Readiness
@Singleton
public class DeploymentsReady implements HealthCheck {

    private final Endpoints endpoints;
    private final Rollouts rollouts;
    private final DeploymentsConsumer deployments;

    DeploymentsReady(Endpoints endpoints, Rollouts rollouts, DeploymentsConsumer deployments) {
        this.endpoints = endpoints;
        this.rollouts = rollouts;
        this.deployments = deployments;
    }

    public boolean isReady() {
        return rollouts.isRestored() && (deployments.isCaughtUp() || deployments.isHeldUp());
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("deployments")
                .status(isReady())
                .withData("restored", rollouts.isRestored())
                .withData("topic", topic())
                .withData("endpoints", endpoints.count())
                .withData("answering", endpoints.answering())
                .build();
    }

    private String topic() {
        if (deployments.isCaughtUp()) {
            return "read";
        }
        return deployments.isHeldUp() ? "cannot be read now" : "being read";
    }
}
