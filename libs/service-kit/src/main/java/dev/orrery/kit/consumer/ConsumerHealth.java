package dev.orrery.kit.consumer;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Ready when every consumer that the service needs gets on. Each says what it waits for.
@Readiness
@Singleton
class ConsumerHealth implements HealthCheck {

    private final Consumers consumers;

    ConsumerHealth(Consumers consumers) {
        this.consumers = consumers;
    }

    @Override
    public HealthCheckResponse call() {
        boolean up = true;
        HealthCheckResponseBuilder response = HealthCheckResponse.named("events are heard");
        for (EventConsumer<?> consumer : consumers.all()) {
            var waits = consumer.waitsFor();
            response.withData(consumer.name(), waits.orElse("reads"));
            consumer.notUnderstood()
                    .forEach((key, reason) -> response.withData(consumer.name() + " of " + key, reason));
            up &= waits.isEmpty() || !consumer.isVital();
        }
        return response.status(up).build();
    }
}
