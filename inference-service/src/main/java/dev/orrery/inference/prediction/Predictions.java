package dev.orrery.inference.prediction;

import dev.orrery.contracts.EntityKeys;
import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.Unusual;
import dev.orrery.inference.endpoint.Endpoint;
import dev.orrery.inference.endpoint.Endpoints;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.log.Place;
import dev.orrery.inference.log.PredictionLog;
import dev.orrery.inference.log.Told;
import dev.orrery.inference.prediction.Meters.Outcome;
import dev.orrery.inference.prediction.Shadows.Answered;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.kit.problem.NotFound;
import dev.orrery.model.ModelCard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ClientErrorException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Answers questions. Nothing on this path waits for another service; only a large request waits for the disk.
@ApplicationScoped
public class Predictions {

    private final Endpoints endpoints;
    private final PredictionLog log;
    private final Meters meters;
    private final Shadows shadows;
    private final EntityKeys subjects;

    Predictions(Endpoints endpoints, PredictionLog log, Meters meters, Shadows shadows, InferenceConfig config) {
        subjects = new EntityKeys(config.subjectKey());
        this.endpoints = endpoints;
        this.log = log;
        this.meters = meters;
        this.shadows = shadows;
    }

    /// How a protocol's request becomes a question for a model.
    @FunctionalInterface
    public interface Reader {

        /// Asked again where the version that answers takes other columns than the champion.
        ///
        /// @throws Invalid when the model cannot be asked this
        Question read(Serving serving);

        /// One that another thread may ask of the same request, later. This one, unless reading changes it.
        default Reader again() {
            return this;
        }
    }

    /// Scores what the reader reads, with the version that answers such a request now.
    public Answer ask(String endpointName, Reader reader) {
        return ask(endpointName, null, reader);
    }

    /// Scores what the reader reads, with a version that was asked for.
    ///
    /// @param version one that is loaded there, whichever its role; null for the one that answers such a request
    /// @throws NotFound when it is not loaded there
    public Answer ask(String endpointName, String version, Reader reader) {
        long began = System.nanoTime();
        Endpoint endpoint = endpoints.get(endpointName);
        Outcome outcome = Outcome.FAILED;
        try (Serving entered = endpoint.enter(version)) {
            Question read = reader.read(entered);
            Serving serving = version == null ? entered.answering(read.firstKey()) : entered;
            Question question = serving.reads(entered) ? read : reader.read(serving);
            Answer answer = answer(serving, question, began);
            shadow(serving, question, answer, reader);
            outcome = Outcome.OK;
            return answer;
        } catch (Invalid | NotFound | ClientErrorException e) {
            outcome = Outcome.INVALID;
            throw e;
        } finally {
            meters.request(endpointName, outcome, System.nanoTime() - began);
        }
    }

    /// Answers what is as usual, and does nothing else: where anything goes wrong, the request is as it was before.
    ///
    /// @param reader reads the request once more
    /// @param began  when the request came, in nanoseconds of the system's clock
    /// @throws Unusual when it has to be asked otherwise
    public Answer askUsual(Serving serving, Question question, Reader reader, long began) {
        Place place = log.place(question.rows().size());
        float[][] answers;
        try {
            answers = serving.score(question.rows());
            requireNumbers(answers);
        } catch (RuntimeException _) {
            log.leave(place);
            throw Unusual.request();
        } catch (Error e) {
            log.leave(place);
            throw e;
        }
        Answer answer = answered(serving, question, place, answers, began);
        meters.request(serving.header().endpoint(), Outcome.OK, System.nanoTime() - began);
        shadow(serving, question, answer, reader);
        return answer;
    }

    private void shadow(Serving serving, Question question, Answer answer, Reader reader) {
        if (serving.isShadowed()) {
            shadows.offer(
                    new Answered(serving, question, answer, reader),
                    (shadow, asked) -> answer(shadow, asked, System.nanoTime()));
        }
    }

    private Answer answer(Serving serving, Question question, long began) {
        Place place = log.place(question.rows().size());
        float[][] answers;
        try {
            answers = serving.score(question.rows());
            requireNumbers(answers);
        } catch (RuntimeException e) {
            record(serving, question, place, null, String.valueOf(e.getMessage()), began);
            throw e;
        } catch (Error e) {
            log.leave(place);
            throw e;
        }
        return answered(serving, question, place, answers, began);
    }

    private Answer answered(Serving serving, Question question, Place place, float[][] answers, long began) {
        meters.predictions(serving.header(), question.rows().size());
        long first = record(serving, question, place, answers, null, began);
        return new Answer(serving, first, answers);
    }

    private long record(
            Serving serving, Question question, Place place, float[][] answers, String failure, long began) {
        return log.record(
                place,
                new Told(
                        serving.header(),
                        question.rows(),
                        entities(question.keys(), serving.card()),
                        serving.card().outputs(),
                        serving.decision(),
                        answers,
                        failure,
                        System.nanoTime() - began,
                        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())));
    }

    /// The caller's own keys end here: where they are personal, the log carries pseudonyms.
    private String[] entities(List<String> keys, ModelCard card) {
        String[] entities = null;
        for (int row = 0; row < keys.size(); row++) {
            if (keys.get(row) != null) {
                entities = entities == null ? new String[keys.size()] : entities;
                entities[row] = subjects.entity(
                        card.dataset(), card.key().type(), card.key().personal(), keys.get(row));
            }
        }
        return entities;
    }

    private static void requireNumbers(float[][] answers) {
        for (float[] answer : answers) {
            for (int row = 0; row < answer.length; row++) {
                if (!Float.isFinite(answer[row])) {
                    throw new IllegalStateException("the model has no answer for row %d".formatted(row + 1));
                }
            }
        }
    }
}
