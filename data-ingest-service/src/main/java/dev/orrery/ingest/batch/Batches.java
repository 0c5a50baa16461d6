package dev.orrery.ingest.batch;

import dev.orrery.contracts.event.BatchMoved;
import dev.orrery.ingest.batch.Batch.State;
import dev.orrery.ingest.dataset.Dataset;
import dev.orrery.ingest.landing.Upload;
import dev.orrery.ingest.source.FileFormat;
import dev.orrery.kit.outbox.Outbox;
import dev.orrery.kit.page.Page;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.kit.problem.Conflict;
import dev.orrery.kit.problem.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What came in, and how far it got.
@ApplicationScoped
class Batches {

    /// So many are looked at in one round.
    static final int WAITING_AT_A_TIME = 100;

    private static final UUID AFTER_ALL = new UUID(-1, -1);

    private final Outbox outbox;
    private final Clock clock;

    Batches(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /// Takes a scanned file on: from here on it will be published, whatever happens to this process.
    /// Two uploads with one idempotency key become one batch, also when they arrive at the same time.
    @Transactional
    Batch accept(Dataset dataset, Upload upload, FileFormat format, long rows, String idempotencyKey) {
        if (idempotencyKey != null) {
            Locks.hold("key:" + dataset.name() + ":" + idempotencyKey);
            Optional<Batch> before = sentBefore(dataset.name(), upload.digest(), idempotencyKey);
            if (before.isPresent()) {
                return before.get();
            }
        }
        Locks.hold(Locks.file(upload.digest()));
        upload.keep();
        Batch batch = Batch.of(dataset, upload, format, rows, idempotencyKey, clock.instant());
        batch.persist();
        return batch;
    }

    /// The batch that an earlier upload with the same idempotency key became.
    ///
    /// @throws Conflict when that upload had another content
    @Transactional
    Optional<Batch> sentBefore(String dataset, String digest, String idempotencyKey) {
        if (idempotencyKey == null) {
            return Optional.empty();
        }
        Optional<Batch> before = Batch.sentWith(dataset, idempotencyKey);
        before.filter(batch -> !batch.digest.equals(digest)).ifPresent(batch -> {
            throw new Conflict(("This Idempotency-Key was sent before with another content, which became batch %s; send"
                            + " a new key with a new content.")
                    .formatted(batch.id));
        });
        return before;
    }

    @Transactional
    Batch get(UUID id) {
        return Batch.<Batch>findByIdOptional(id)
                .orElseThrow(() ->
                        new NotFound("Batch '%s' is not known; GET /v1/batches lists those that are.".formatted(id)));
    }

    @Transactional
    Page<Batch> page(String dataset, PageRequest page) {
        List<Batch> read = Batch.page(dataset, page.uuid(0, AFTER_ALL), page.toRead());
        return Page.of(page, read, batch -> List.of(batch.id.toString()));
    }

    @Transactional
    List<UUID> waiting() {
        return Batch.waiting(WAITING_AT_A_TIME).stream().map(batch -> batch.id).toList();
    }

    /// How often publishing was tried since it last got any further.
    @Transactional
    int attemptsOf(UUID id) {
        return get(id).attempts;
    }

    /// Counts an attempt, before it is made.
    @Transactional
    void attempt(UUID id) {
        Batch.update("attempts = attempts + 1 where id = ?1 and state = ?2", id, State.PUBLISHING);
    }

    /// What went wrong in an attempt that was counted.
    @Transactional
    void trouble(UUID id, String what) {
        Batch.update("trouble = ?1 where id = ?2 and state = ?3", what, id, State.PUBLISHING);
    }

    /// What went wrong in the attempts that were counted; one that ended the process could not say it.
    @Transactional
    String troubleOf(UUID id) {
        String trouble = get(id).trouble;
        return trouble == null ? "the service ended each time" : trouble;
    }

    /// Counts anew: the attempt is over without a fault of the batch.
    @Transactional
    void excuse(UUID id) {
        Batch.update("attempts = 0, trouble = null where id = ?1 and state = ?2", id, State.PUBLISHING);
    }

    /// The batch got further, so the attempt that is under way counts as the first.
    @Transactional
    void reached(UUID id, long rows) {
        Batch.update(
                "publishedRows = ?1, attempts = 1, trouble = null where id = ?2 and state = ?3 and publishedRows < ?1",
                rows,
                id,
                State.PUBLISHING);
    }

    @Transactional
    void published(UUID id) {
        Batch.update(
                "state = ?1, publishedRows = rows, publishedAt = ?2 where id = ?3 and state = ?4",
                State.PUBLISHED,
                clock.instant(),
                id,
                State.PUBLISHING);
    }

    /// Ends a batch that cannot be published, and tells everybody: whoever holds rows of it lets go of them.
    @Transactional
    void failed(UUID id, String why) {
        int changed = Batch.update(
                "state = ?1, error = ?2 where id = ?3 and state = ?4", State.FAILED, why, id, State.PUBLISHING);
        if (changed > 0) {
            Batch batch = get(id);
            outbox.add(new BatchMoved(
                    batch.dataset,
                    id.toString(),
                    BatchMoved.State.FAILED,
                    batch.rows,
                    batch.digest,
                    null,
                    null,
                    why,
                    clock.instant()));
        }
    }
}
