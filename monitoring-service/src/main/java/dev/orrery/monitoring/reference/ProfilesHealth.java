package dev.orrery.monitoring.reference;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Says which model versions wait for their profile, and why. The service stays ready meanwhile: its monitors and
/// alerts are what people look at when something is away.
@Readiness
@ApplicationScoped
class ProfilesHealth implements HealthCheck {

    private final References references;

    ProfilesHealth(References references) {
        this.references = references;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder health =
                HealthCheckResponse.named("Profiles of model versions").up();
        references.failures().forEach(health::withData);
        return health.build();
    }
}
