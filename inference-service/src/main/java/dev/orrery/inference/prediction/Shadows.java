package dev.orrery.inference.prediction;

import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.kit.loop.ProcessEnd;
import io.quarkus.logging.Log;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;

/// Asks shadows what others were asked, after those have answered, on a thread of its own: the caller neither waits for
/// a shadow nor learns of one that fails. What comes faster than shadows answer is left out and counted.
@Singleton
class Shadows {

    /// A question that was answered.
    ///
    /// @param reader reads it once more, for a shadow with other columns
    record Answered(Serving serving, Question question, Answer answer, Predictions.Reader reader) {}

    private final ShadowMeters meters;
    private final ProcessEnd end;
    /// A permit for each row that may wait.
    private final Semaphore room;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofPlatform()
            .name("shadows")
            .daemon()
            .priority(Thread.MIN_PRIORITY)
            .factory());

    Shadows(ShadowMeters meters, InferenceConfig config, ProcessEnd end) {
        this.meters = meters;
        this.end = end;
        room = new Semaphore(config.shadow().queue());
    }

    /// Has the shadows of a deployment asked, if there are any for this question. Returns at once and never fails.
    ///
    /// @param ask asks one shadow, and puts on record what comes of it
    void offer(Answered answered, BiFunction<Serving, Question, Answer> ask) {
        Question question = answered.question();
        for (Serving shadow : answered.serving().shadows(question.firstKey())) {
            int rows = question.rows().size();
            if (shadow != answered.serving() && !queued(shadow, rows, answered, ask)) {
                meters.dropped(shadow, rows);
            }
        }
    }

    @PreDestroy
    void stop() {
        thread.shutdownNow();
    }

    private boolean queued(Serving shadow, int rows, Answered answered, BiFunction<Serving, Question, Answer> ask) {
        if (!room.tryAcquire(rows)) {
            return false;
        }
        if (shadow.enter()) {
            try {
                Answered kept = kept(shadow, answered);
                // Told of with the trace of the caller whom it shadows.
                thread.execute(Caller.with(() -> answer(shadow, rows, kept, ask))::get);
                return true;
            } catch (RejectedExecutionException _) {
                shadow.close();
            }
        }
        room.release(rows);
        return false;
    }

    /// The caller's block is filled again with the next request's rows: what waits is a copy.
    private static Answered kept(Serving shadow, Answered answered) {
        if (shadow.reads(answered.serving())) {
            Question question = answered.question();
            Question copy = question.with(question.rows().copy());
            return new Answered(answered.serving(), copy, answered.answer(), null);
        }
        return new Answered(
                answered.serving(), null, answered.answer(), answered.reader().again());
    }

    private boolean answer(Serving shadow, int rows, Answered answered, BiFunction<Serving, Question, Answer> ask) {
        try (shadow) {
            Question question = answered.question() == null ? answered.reader().read(shadow) : answered.question();
            meters.compare(shadow, answered.answer(), ask.apply(shadow, question));
            return true;
        } catch (RuntimeException e) {
            meters.failed(shadow, rows);
            Log.debugf(e, "A shadow failed");
            return false;
        } catch (Error e) {
            end.because("a shadow", e);
            return false;
        } finally {
            room.release(rows);
        }
    }
}
