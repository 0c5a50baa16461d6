package dev.orrery.inference.prediction;

import dev.orrery.contracts.event.Outcome;
import dev.orrery.inference.Unusual;
import dev.orrery.inference.endpoint.Endpoint;
import dev.orrery.inference.endpoint.Endpoints;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.log.Place;
import dev.orrery.inference.prediction.Shadows.Answered;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.kit.problem.NotFound;
import dev.orrery.model.Flags;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ServiceUnavailableException;

/// Answers questions. Nothing on this path waits for another service; only a large request waits for the disk.
@ApplicationScoped
public class Predictions {

    private final Endpoints endpoints;
    private final Recorder recorder;
    private final Meters meters;
    private final Shadows shadows;

    Predictions(Endpoints endpoints, Recorder recorder, Meters meters, Shadows shadows) {
        this.endpoints = endpoints;
        this.recorder = recorder;
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
        meters.entered();
        Serving asked = null;
        try (Serving entered = endpoint.enter(version)) {
            asked = entered;
            Question read = reader.read(entered);
            Serving serving = version == null ? entered.answering(read.firstKey()) : entered;
            Question question = serving.reads(entered) ? read : reader.read(serving);
            meters.of(serving).time(Stage.PARSE, question.rows().size(), System.nanoTime() - began);
            waited(serving, question);
            Answer answer = answer(serving, question, began);
            shadow(serving, question, answer, reader);
            outcome = Outcome.OK;
            return answer;
        } catch (Invalid | NotFound | ClientErrorException e) {
            outcome = Outcome.INVALID;
            recorder.refused(asked, outcome, e.getMessage(), began);
            throw e;
        } catch (ServiceUnavailableException e) {
            outcome = Outcome.SHED;
            recorder.refused(asked, outcome, e.getMessage(), began);
            throw e;
        } finally {
            meters.left();
            meters.request(endpointName, outcome, System.nanoTime() - began);
        }
    }

    /// Scores rows with a version that the caller has entered, and puts nothing on record. An answer may be no number.
    ///
    /// @throws Invalid when the use case says that a value is to be refused
    public Answer unrecorded(Serving entered, Question question) {
        Flags flags = checked(entered, question);
        return new Answer(entered, 0, entered.score(question.rows()), flags);
    }

    /// Scores rows with all that belongs to it, and puts nothing on record.
    ///
    /// @param unread takes what is counted otherwise
    Answer rehearse(Serving entered, Question question, VersionMeters unread) {
        long began = System.nanoTime();
        Answer answer = unrecorded(entered, question);
        unread.time(Stage.COMPUTE, answer.size(), System.nanoTime() - began);
        unread.answered(question.rows(), answer.answers(), answer.flags());
        recorder.rehearse(entered, question, answer.answers(), answer.flags(), began);
        return answer;
    }

    /// Scores rows with a version that the caller has entered, behind no request of their own.
    public Answer ask(Serving entered, Question question) {
        return answer(entered, question, System.nanoTime());
    }

    /// Answers what is as usual, and does nothing else: where anything goes wrong, the request is as it was before.
    ///
    /// @param reader reads the request once more
    /// @param began  when the request came, in nanoseconds of the system's clock
    /// @throws Unusual when it has to be asked otherwise
    public Answer askUsual(Serving serving, Question question, Reader reader, long began) {
        Flags flags = serving.checks().flags(question.rows());
        Unusual.unless(serving.checks().refusal(question.rows(), flags).isEmpty());
        VersionMeters counted = meters.of(serving);
        Place place = recorder.place(question);
        long read = System.nanoTime();
        counted.time(Stage.PARSE, question.rows().size(), read - began);
        float[][] answers;
        try {
            answers = scored(serving, question, read);
        } catch (RuntimeException _) {
            recorder.leave(place);
            throw Unusual.request();
        } catch (Error e) {
            recorder.leave(place);
            throw e;
        }
        Answer answer = answered(serving, question, place, answers, flags, began);
        meters.request(serving.header().endpoint(), Outcome.OK, System.nanoTime() - began);
        shadow(serving, question, answer, reader);
        return answer;
    }

    private void waited(Serving serving, Question question) {
        long waited = Caller.waited();
        if (waited > 0) {
            meters.of(serving).time(Stage.QUEUE, question.rows().size(), waited);
        }
    }

    /// Puts on record that a request was turned away before it was read.
    ///
    /// @param why as its sender was told
    void shed(Endpoint endpoint, String why) {
        try (Serving serving = endpoint.enter()) {
            meters.request(endpoint.name(), Outcome.SHED, 0);
            recorder.refused(serving, Outcome.SHED, why, System.nanoTime());
        } catch (ServiceUnavailableException e) {
            Log.debugf(e, "A request was turned away where no model answers");
        }
    }

    private void shadow(Serving serving, Question question, Answer answer, Reader reader) {
        if (serving.isShadowed()) {
            shadows.offer(
                    new Answered(serving, question, answer, reader),
                    (shadow, asked) -> answer(shadow, asked, System.nanoTime()));
        }
    }

    private static Flags checked(Serving serving, Question question) {
        Flags flags = serving.checks().flags(question.rows());
        serving.checks().refusal(question.rows(), flags).ifPresent(refusal -> {
            throw new Invalid(refusal);
        });
        return flags;
    }

    private Answer answer(Serving serving, Question question, long began) {
        Flags flags = checked(serving, question);
        Place place = recorder.place(question);
        float[][] answers;
        try {
            answers = scored(serving, question, System.nanoTime());
        } catch (RuntimeException e) {
            recorder.failed(place, serving, question, flags, e, began);
            throw e;
        } catch (Error e) {
            recorder.leave(place);
            throw e;
        }
        return answered(serving, question, place, answers, flags, began);
    }

    private Answer answered(
            Serving serving, Question question, Place place, float[][] answers, Flags flags, long began) {
        meters.predictions(serving, question.rows().size());
        meters.of(serving).answered(question.rows(), answers, flags);
        long first = recorder.answered(place, serving, question, answers, flags, began);
        return new Answer(serving, first, answers, flags);
    }

    /// @param read when its rows were there, in nanoseconds of the system's clock
    private float[][] scored(Serving serving, Question question, long read) {
        float[][] answers = serving.score(question.rows());
        requireNumbers(answers);
        meters.of(serving).time(Stage.COMPUTE, question.rows().size(), System.nanoTime() - read);
        return answers;
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
