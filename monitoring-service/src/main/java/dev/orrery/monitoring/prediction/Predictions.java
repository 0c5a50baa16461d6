package dev.orrery.monitoring.prediction;

import dev.orrery.kit.problem.NotFound;
import dev.orrery.monitoring.window.Series;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;

/// Single predictions, found again by their ids.
@Singleton
class Predictions {

    private static final long DAYS = Series.SILENCE.toDays();

    private final PredictionTopic topic;

    Predictions(PredictionTopic topic) {
        this.topic = topic;
    }

    /// The prediction of an id.
    ///
    /// @throws NotFound             when there is none, or it has not come yet
    /// @throws ClientErrorException 410 when it was there and is kept no more
    Located get(PredictionId id) {
        List<BlockRun> runs =
                QuarkusTransaction.requiringNew().call(() -> BlockRun.around(id.instance(), id.sequence()));
        return topic.find(id, runs).orElseThrow(() -> missing(id, runs));
    }

    private RuntimeException missing(PredictionId id, List<BlockRun> runs) {
        if (topic.isGone(runs)) {
            return gone("The block that held prediction '%s' is no longer on its topic.".formatted(id));
        }
        Optional<BlockRun.Span> known = QuarkusTransaction.requiringNew().call(() -> BlockRun.span(id.instance()));
        if (known.isEmpty()) {
            return new NotFound(
                    "Nothing is known of instance '%s', which prediction '%s' names: it made none in the last"
                                    .formatted(id.instance(), id)
                            + " %d days, or none has arrived yet.".formatted(DAYS));
        }
        if (id.sequence() < known.get().first()) {
            return gone("Prediction '%s' is older than what is kept of its instance, which begins at %d."
                    .formatted(id, known.get().first()));
        }
        if (id.sequence() > known.get().last()) {
            return new NotFound("Prediction '%s' has not arrived: the newest of its instance is %d. A moment ago it may"
                            .formatted(id, known.get().last())
                    + " still have been on its way.");
        }
        return new NotFound(
                "Prediction '%s' is not on the topic, though others before and after it are: the sampling of"
                                .formatted(id)
                        + " the prediction log left it out, it was dropped, or it is still on its way.");
    }

    private static ClientErrorException gone(String what) {
        return new ClientErrorException(what + " Predictions are kept %d days.".formatted(DAYS - 1), Status.GONE);
    }
}
