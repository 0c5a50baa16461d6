package dev.orrery.monitoring.window;

import dev.orrery.contracts.event.PredictionMade;
import dev.orrery.contracts.event.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Predictions that are judged together: one model version in one role at one endpoint.
public record Series(String endpoint, String model, int version, Role role) {

    /// A series of which nothing came for so long is over: its topic keeps no prediction of it any more.
    public static final Duration SILENCE = SeenPredictions.KEPT;

    static Series of(PredictionMade prediction) {
        return new Series(prediction.endpoint(), prediction.model(), prediction.version(), prediction.role());
    }

    /// The key under which a series is kept. No two series share one, whatever their names are made of.
    String key() {
        return "%s/%s/%d/%s".formatted(encoded(endpoint), encoded(model), version, role);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }
}
