package dev.orrery.validation.batch;

import dev.orrery.contracts.event.BatchMoved;
import dev.orrery.kit.outbox.Outbox;
import dev.orrery.validation.Database;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// Batches that ended without a verdict: ingest could not publish them to their end, they kill whoever judges them, or
/// their rows never came. What arrives of them later is passed by.
@Singleton
public class Failures {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    /// Longer than rows lie on their topics.
    private static final Duration REMEMBERED = Duration.ofDays(31);

    private record Known(boolean fresh, long at, Set<String> batches) {

        boolean isFresh() {
            return fresh && System.nanoTime() - at < LOOK_AGAIN.toNanos();
        }
    }

    private final Database database;
    private final Batches batches;
    private final Outbox outbox;
    private final Clock clock;
    private final AtomicReference<Known> known = new AtomicReference<>(new Known(false, 0, Set.of()));

    Failures(Database database, Batches batches, Outbox outbox, Clock clock) {
        this.database = database;
        this.batches = batches;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// Ends a batch, and tells so.
    @Transactional
    public void fail(String batch, String dataset, String reason) {
        if (note(batch, dataset, reason)) {
            long judged = batches.judged(batch);
            outbox.add(new BatchMoved(
                    dataset, batch, BatchMoved.State.FAILED, judged, null, null, null, reason, clock.instant()));
        }
    }

    /// Notes that a batch has ended, as somebody else has told.
    ///
    /// @return false when it was decided before
    @Transactional
    public boolean note(String batch, String dataset, String reason) {
        batches.note(batch, dataset, 0);
        boolean ended = database.update("""
                        update batch set state = 'FAILED', reason = ?2, decided_at = ?3
                        where id = ?1 and state = 'VALIDATING'""", batch, reason, clock.instant()) == 1;
        if (ended) {
            Log.warnf("Batch %s of %s has failed: %s", batch, dataset, reason);
            known.set(new Known(false, 0, known.get().batches()));
        }
        return ended;
    }

    /// Those of which records may still come. Other instances' failures are seen within two seconds.
    @Transactional
    public Set<String> recent() {
        Known last = known.get();
        if (last.isFresh()) {
            return last.batches();
        }
        Set<String> failed = Set.copyOf(database.select(
                String.class,
                "select id from batch where state = 'FAILED' and decided_at > ?1",
                clock.instant().minus(REMEMBERED)));
        known.set(new Known(true, System.nanoTime(), failed));
        return failed;
    }
}
