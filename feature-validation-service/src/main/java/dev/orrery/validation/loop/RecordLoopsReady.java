package dev.orrery.validation.loop;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Ready when every loop gets on. Each says what it waits for: Kafka, the database, room on the disk.
@Readiness
@Singleton
class RecordLoopsReady implements HealthCheck {

    private final RecordLoops loops;

    RecordLoopsReady(RecordLoops loops) {
        this.loops = loops;
    }

    @Override
    public HealthCheckResponse call() {
        boolean up = true;
        HealthCheckResponseBuilder response = HealthCheckResponse.named("rows are read");
        for (RecordLoop loop : loops.all()) {
            Optional<String> waits = loop.waitsFor();
            response.withData(loop.name(), waits.orElse("reads"));
            up &= waits.isEmpty();
        }
        return response.status(up).build();
    }
}
