package dev.orrery.monitoring.window;

import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.Role;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Duration;
import java.util.Comparator;

/// Predictions that are judged together: one model version in one role at one endpoint.
@Embeddable
public record Series(
        String endpoint,
        String model,
        int version,
        @Enumerated(EnumType.STRING) Role role) implements Comparable<Series> {

    /// A series of which nothing came for so long is over: its topic keeps no prediction of it any more.
    public static final Duration SILENCE = Duration.ofDays(31);

    private static final Comparator<Series> ORDER = Comparator.comparing(Series::endpoint)
            .thenComparing(Series::model)
            .thenComparing(Series::version)
            .thenComparing(Series::role);

    public static Series of(PredictionsHeader predictions) {
        return new Series(predictions.endpoint(), predictions.model(), predictions.version(), predictions.role());
    }

    public static Series of(EvaluationClosed closed) {
        return new Series(closed.endpoint(), closed.model(), closed.version(), closed.role());
    }

    /// The order in which they are locked: whoever needs several never waits for one who waits for it.
    @Override
    public int compareTo(Series other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%s v%d (%s) at %s".formatted(model, version, role, endpoint);
    }
}
