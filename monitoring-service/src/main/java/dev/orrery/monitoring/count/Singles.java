package dev.orrery.monitoring.count;

import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionMade;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.PredictionsMade;
import java.util.ArrayList;
import java.util.List;

/// Predictions that come one by one are blocks of one.
final class Singles {

    private static final List<String> OUTPUTS = List.of("score", "decision");

    private Singles() {}

    static PredictionsMade block(PredictionMade made) {
        int dash = made.id().lastIndexOf('-');
        List<String> columns = List.copyOf(made.inputs().keySet());
        List<Object> cells =
                new ArrayList<>(columns.stream().map(made.inputs()::get).toList());
        PredictionsHeader header = new PredictionsHeader(
                made.endpoint(),
                made.deploymentRevision(),
                made.model(),
                made.version(),
                made.role(),
                null,
                null,
                made.id().substring(0, Math.max(0, dash)),
                columns,
                OUTPUTS);
        List<Object> outputs = made.score() == null ? List.of() : List.of(made.score(), made.decision());
        Prediction row = new Prediction(
                Long.parseLong(made.id().substring(dash + 1)),
                made.at(),
                made.latencyNanos(),
                made.entity(),
                made.failure(),
                cells,
                outputs);
        return new PredictionsMade(header, List.of(row));
    }
}
