package dev.orrery.monitoring.monitor;

import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.Role;
import dev.orrery.monitoring.window.Series;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/// A series as the database names it.
@Embeddable
record SeriesKey(
        String endpoint,
        String model,
        int version,
        @Enumerated(EnumType.STRING) Role role) {

    static SeriesKey of(Series series) {
        return new SeriesKey(series.endpoint(), series.model(), series.version(), series.role());
    }

    static SeriesKey of(EvaluationClosed closed) {
        return new SeriesKey(closed.endpoint(), closed.model(), closed.version(), closed.role());
    }

    @Override
    public String toString() {
        return "%s v%d (%s) at %s".formatted(model, version, role, endpoint);
    }
}
