package dev.orrery.validation.loop;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/// A loop whose thread has ended will not come back: the instance is better restarted. One that cannot reach
/// Kafka or the database will, so the instance is only not ready.
class LoopHealth {

    private LoopHealth() {}

    @Liveness
    @Singleton
    static class Threads implements HealthCheck {

        private final RecordLoops loops;

        Threads(RecordLoops loops) {
            this.loops = loops;
        }

        @Override
        public HealthCheckResponse call() {
            boolean up = true;
            HealthCheckResponseBuilder response = HealthCheckResponse.named("record loops run");
            for (RecordLoop loop : loops.all()) {
                response.withData(loop.name(), loop.isAlive());
                up &= loop.isAlive();
            }
            return response.status(up).build();
        }
    }

    @Readiness
    @Singleton
    static class Polls implements HealthCheck {

        private final RecordLoops loops;

        Polls(RecordLoops loops) {
            this.loops = loops;
        }

        @Override
        public HealthCheckResponse call() {
            boolean up = true;
            HealthCheckResponseBuilder response = HealthCheckResponse.named("record loops read their topics");
            for (RecordLoop loop : loops.all()) {
                response.withData(loop.name(), loop.isPolling());
                up &= loop.isPolling();
            }
            return response.status(up).build();
        }
    }
}
