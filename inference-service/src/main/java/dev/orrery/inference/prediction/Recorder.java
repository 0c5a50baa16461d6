package dev.orrery.inference.prediction;

import dev.orrery.contracts.event.Outcome;
import dev.orrery.contracts.event.Prediction;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.log.Place;
import dev.orrery.inference.log.PredictionLog;
import dev.orrery.inference.log.Told;
import dev.orrery.model.Flags;
import dev.orrery.model.ModelCard;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Puts on record what became of a request, whatever that was, and counts it of its version. Each `began` is when the
/// request came, in nanoseconds of
/// the system's clock.
@Singleton
class Recorder {

    private final PredictionLog log;
    private final Meters meters;

    Recorder(PredictionLog log, Meters meters) {
        this.log = log;
        this.meters = meters;
    }

    /// Room for what a request is about to bring; one of the others follows in any case.
    Place place(Question question) {
        return log.place(question.rows().size());
    }

    /// Nothing comes for a place.
    void leave(Place place) {
        log.leave(place);
    }

    /// @return the sequence of the first row's prediction
    long answered(Place place, Serving serving, Question question, float[][] answers, Flags flags, long began) {
        Prediction.Request request = request(Outcome.OK, null, began);
        meters.of(serving).endings().answered(request.atMicros(), request.latencyNanos() + Caller.waited());
        return log.record(place, told(serving, question, answers, flags, request));
    }

    /// The model failed.
    void failed(Place place, Serving serving, Question question, Flags flags, RuntimeException why, long began) {
        Prediction.Request request = request(Outcome.FAILED, String.valueOf(why.getMessage()), began);
        meters.of(serving).endings().failed(request.latencyNanos());
        log.record(place, told(serving, question, null, flags, request));
    }

    /// The request was refused or turned away.
    ///
    /// @param asked who was asked; what never came to a model, null, has nobody to be told of
    void refused(Serving asked, Outcome outcome, String why, long began) {
        if (asked != null) {
            Prediction.Request request =
                    request(outcome, withoutKey(asked.card().key(), why), began);
            meters.of(asked).endings().failed(request.latencyNanos());
            log.refuse(asked.header(), request);
        }
    }

    /// Does what recording takes, and records nothing.
    void rehearse(Serving serving, Question question, float[][] answers, Flags flags, long began) {
        log.rehearse(told(serving, question, answers, flags, request(Outcome.OK, null, began)));
    }

    private static Told told(
            Serving serving, Question question, float[][] answers, Flags flags, Prediction.Request request) {
        return new Told(
                serving.header(),
                serving.card(),
                question.rows(),
                question.keys(),
                serving.decision(),
                answers,
                flags,
                request);
    }

    /// A message about a personal key repeats it.
    private static String withoutKey(ModelCard.Key key, String message) {
        boolean tells = key != null && key.personal() && message != null && message.contains("'" + key.name() + "'");
        return tells ? "column '%s', which is personal, is not as expected".formatted(key.name()) : message;
    }

    private static Prediction.Request request(Outcome outcome, String why, long began) {
        return new Prediction.Request(
                ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()),
                System.nanoTime() - began,
                outcome,
                Caller.traceparent(),
                why == null ? null : PredictionLog.error(why));
    }
}
