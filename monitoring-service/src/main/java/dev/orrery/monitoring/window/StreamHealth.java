package dev.orrery.monitoring.window;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Ready when predictions are being counted: not before the stream has begun, and not while it fails.
@Readiness
@Singleton
class StreamHealth implements HealthCheck {

    private final KafkaStreams streams;
    private final StreamFailures failures;

    StreamHealth(KafkaStreams streams, StreamFailures failures) {
        this.streams = streams;
        this.failures = failures;
    }

    @Override
    public HealthCheckResponse call() {
        KafkaStreams.State state = streams.state();
        Optional<String> failure = failures.lately();
        HealthCheckResponseBuilder health = HealthCheckResponse.named("predictions are counted")
                .withData("state", state.name())
                .status(state.isRunningOrRebalancing() && failure.isEmpty());
        failure.ifPresent(reason -> health.withData("failed", reason));
        return health.build();
    }
}
