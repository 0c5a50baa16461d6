package dev.orrery.inference.prediction;

import dev.orrery.contracts.EntityKeys;
import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.endpoint.Endpoint;
import dev.orrery.inference.endpoint.Endpoints;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.log.Place;
import dev.orrery.inference.log.PredictionLog;
import dev.orrery.inference.prediction.Meters.Outcome;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.kit.problem.NotFound;
import dev.orrery.model.ModelCard;
import dev.orrery.model.RowBlock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ClientErrorException;
import java.time.Instant;

/// Answers questions. Nothing on this path waits for another service; only a large request waits for the disk.
@ApplicationScoped
public class Predictions {

    private final Endpoints endpoints;
    private final PredictionLog log;
    private final Meters meters;
    private final EntityKeys subjects;
    private final PredictionIds ids = new PredictionIds();

    Predictions(Endpoints endpoints, PredictionLog log, Meters meters, InferenceConfig config) {
        subjects = new EntityKeys(config.subjectKey());
        this.endpoints = endpoints;
        this.log = log;
        this.meters = meters;
    }

    /// How a protocol's request becomes a question for a model.
    @FunctionalInterface
    public interface Reader {

        /// @throws Invalid  when the model cannot be asked this
        /// @throws NotFound when the request is for another version
        Question read(Serving serving);
    }

    /// Scores what the reader reads, with the version that the endpoint serves now.
    public Answer ask(String endpointName, Reader reader) {
        long began = System.nanoTime();
        Endpoint endpoint = endpoints.get(endpointName);
        Outcome outcome = Outcome.FAILED;
        try (Serving serving = endpoint.enter()) {
            Answer answer = answer(serving, reader.read(serving), began);
            outcome = Outcome.OK;
            return answer;
        } catch (Invalid | NotFound | ClientErrorException e) {
            outcome = Outcome.INVALID;
            throw e;
        } finally {
            meters.request(endpointName, outcome, System.nanoTime() - began);
        }
    }

    private Answer answer(Serving serving, Question question, long began) {
        Place place = log.place(question.rows().size());
        float[] scores;
        try {
            scores = serving.score(RowBlock.of(question.rows()))[0];
            requireNumbers(scores);
        } catch (RuntimeException e) {
            record(place, answer(serving, question, null, String.valueOf(e.getMessage()), began));
            throw e;
        } catch (Error e) {
            log.leave(place);
            throw e;
        }
        Answer answer = answer(serving, question, scores, null, began);
        meters.predictions(serving.deployment().endpoint(), serving.slot(), answer.size());
        record(place, answer);
        return answer;
    }

    private Answer answer(Serving serving, Question question, float[] scores, String failure, long began) {
        ModelCard card = serving.card();
        PredictionIds.Range range = ids.take(question.rows().size());
        long nanos = System.nanoTime() - began;
        return new Answer(
                serving.deployment(), serving.slot(), card, question, range, scores, failure, nanos, Instant.now());
    }

    private void record(Place place, Answer answer) {
        log.record(place, () -> answer.events(subjects));
    }

    private static void requireNumbers(float[] scores) {
        for (int row = 0; row < scores.length; row++) {
            if (Float.isNaN(scores[row])) {
                throw new IllegalStateException("the model has no score for row %d".formatted(row + 1));
            }
        }
    }
}
