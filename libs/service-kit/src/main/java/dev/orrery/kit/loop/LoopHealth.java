package dev.orrery.kit.loop;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/// Not live once something cannot go on. A loop that fails and tries again is alive; why it fails stands beside it.
@Liveness
@Singleton
class LoopHealth implements HealthCheck {

    private final Loops loops;
    private final ProcessEnd end;

    LoopHealth(Loops loops, ProcessEnd end) {
        this.loops = loops;
        this.end = end;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("background work goes on");
        loops.all()
                .forEach(loop -> response.withData(loop.name(), loop.failure().orElse("runs")));
        end.reason().ifPresent(reason -> response.withData("ends", reason));
        return response.status(end.reason().isEmpty()).build();
    }
}
