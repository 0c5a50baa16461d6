package dev.orrery.inference.explain;

import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.admission.Deadline;
import dev.orrery.inference.admission.Deadlines;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.prediction.Answer;
import dev.orrery.inference.prediction.Caller;
import dev.orrery.inference.prediction.Predictions;
import dev.orrery.model.RowBlock;
import dev.orrery.model.explain.Explanation;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Explains answers of the versions that are loaded. That takes as long as hundreds of predictions, so it
/// never happens on an event loop, and few requests are explained at once.
@Singleton
public class Explanations {

    private static final Duration[] BUCKETS = Stream.of(100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000)
            .map(micros -> Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros)))
            .toArray(Duration[]::new);

    private final Predictions predictions;
    private final ExecutorService virtualThreads;
    private final MeterRegistry meters;
    private final Semaphore turns;
    private final int mostRows;
    private final int mostValues;
    private final Duration patience;

    Explanations(
            Predictions predictions,
            @VirtualThreads ExecutorService virtualThreads,
            MeterRegistry meters,
            InferenceConfig config) {
        this.predictions = predictions;
        this.virtualThreads = virtualThreads;
        this.meters = meters;
        turns = new Semaphore(config.explanation().atOnce(), true);
        mostRows = config.explanation().maxRows();
        mostValues = config.explanation().maxValues();
        patience = config.explanation().patience();
    }

    /// Predicts, and says why.
    ///
    /// @param version one that is loaded there; null for the one that answers such a request
    public Uni<Answer> answer(String endpoint, String version, Predictions.Reader reader) {
        return apart(() -> ask(endpoint, version, reader, () -> true));
    }

    /// Predicts, and says why where that is wanted; only from within [#apart].
    ///
    /// @param wanted asked once the request was read
    public Answer ask(String endpoint, String version, Predictions.Reader reader, BooleanSupplier wanted) {
        Consumer<RowBlock> limit = rows -> {
            if (wanted.getAsBoolean()) {
                require(rows);
            }
        };
        try (Explained explained = new Explained(reader, limit)) {
            Answer answer = predictions.ask(endpoint, version, explained);
            return wanted.getAsBoolean()
                    ? answer.because(of(answer.serving(), explained.rows(answer.serving())))
                    : answer;
        }
    }

    /// Does on a thread of its own, in its turn, what explains rows.
    ///
    /// @throws ServiceUnavailableException when its turn does not come
    public <T> Uni<T> apart(Supplier<T> work) {
        Deadline deadline = Deadlines.current();
        Supplier<T> known = Caller.with(() -> {
            deadline.require(System.nanoTime());
            return work.get();
        });
        return Uni.createFrom().item(() -> inTurn(known)).runSubscriptionOn(virtualThreads);
    }

    /// @throws ClientErrorException 413 with the limit and the way out
    private void require(RowBlock rows) {
        int most = Math.clamp(mostValues / rows.inputs().size(), 1, mostRows);
        if (rows.size() > most) {
            throw new ClientErrorException(
                    "The request has %d rows to explain, and %d are the most for this model; send several requests, or ask for"
                                    .formatted(rows.size(), most)
                            + " predictions alone.",
                    Status.REQUEST_ENTITY_TOO_LARGE);
        }
    }

    /// Why a version answers rows as it does.
    ///
    /// @param serving entered
    public List<Explanation> of(Serving serving, RowBlock rows) {
        require(rows);
        long began = System.nanoTime();
        List<Explanation> explanations = serving.explainer().explain(rows);
        long each = (System.nanoTime() - began) / rows.size();
        Timer timer = timer(serving);
        explanations.forEach(_ -> timer.record(each, TimeUnit.NANOSECONDS));
        return explanations;
    }

    private Timer timer(Serving serving) {
        return Timer.builder("orrery.inference.explanation")
                .description("To explain one row, the mean of its request")
                .tag("endpoint", serving.header().endpoint())
                .tag("version", String.valueOf(serving.header().version()))
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }

    private <T> T inTurn(Supplier<T> work) {
        if (!turn()) {
            throw new ServiceUnavailableException(
                    "Too much is to be explained at once; ask again.", Math.max(1, patience.toSeconds()));
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    private boolean turn() {
        try {
            return turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
