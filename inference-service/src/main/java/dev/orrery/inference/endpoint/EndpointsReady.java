package dev.orrery.inference.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready when every endpoint has a model that answered its golden rows. Kafka and the registry play no part in it.
@Readiness
@ApplicationScoped
class EndpointsReady implements HealthCheck {

    private final Endpoints endpoints;

    EndpointsReady(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("endpoints").status(endpoints.ready());
        endpoints.after("").forEach(endpoint -> response.withData(endpoint.name(), state(endpoint)));
        return response.build();
    }

    private static String state(Endpoint endpoint) {
        return endpoint.ready() ? "ready" : endpoint.why().orElse("loading");
    }
}
