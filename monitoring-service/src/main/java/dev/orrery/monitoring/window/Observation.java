package dev.orrery.monitoring.window;

import dev.orrery.contracts.event.PredictionMade;
import java.time.Instant;
import java.util.Map;

/// What a window needs of a prediction; whom it was about stays behind.
///
/// @param score null when the prediction failed
record Observation(
        String id, Series series, long deploymentRevision, Map<String, Object> inputs, Double score, Instant at) {

    static Observation of(PredictionMade prediction) {
        return new Observation(
                prediction.id(),
                Series.of(prediction),
                prediction.deploymentRevision(),
                prediction.inputs(),
                prediction.score(),
                prediction.at());
    }
}
