package dev.orrery.monitoring.count;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Ready when predictions are being counted: not before partitions have been given out, and not while it fails.
@Readiness
@Singleton
class CountingHealth implements HealthCheck {

    private final Counting counting;

    CountingHealth(Counting counting) {
        this.counting = counting;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> waitsFor = counting.waitsFor();
        HealthCheckResponseBuilder health =
                HealthCheckResponse.named("predictions are counted").status(waitsFor.isEmpty());
        waitsFor.ifPresent(reason -> health.withData("waits for", reason));
        return health.build();
    }
}
