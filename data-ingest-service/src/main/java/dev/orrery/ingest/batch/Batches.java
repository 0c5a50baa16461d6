package dev.orrery.ingest.batch;

import dev.orrery.ingest.batch.Batch.State;
import dev.orrery.ingest.dataset.Dataset;
import dev.orrery.ingest.landing.Upload;
import dev.orrery.kit.problem.Conflict;
import dev.orrery.kit.problem.NotFound;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What came in, and how far it got.
@ApplicationScoped
class Batches {

    private static final int WAITING_AT_A_TIME = 100;

    /// Takes a scanned file on: from here on it will be published, whatever happens to this process.
    /// Two uploads with one idempotency key become one batch, also when they arrive at the same time.
    @Transactional
    Batch accept(Dataset dataset, Upload upload, long rows, String idempotencyKey) {
        if (idempotencyKey != null) {
            Locks.hold("key:" + dataset.name() + ":" + idempotencyKey);
            Optional<Batch> before = sentBefore(dataset.name(), upload.digest(), idempotencyKey);
            if (before.isPresent()) {
                return before.get();
            }
        }
        Locks.hold(Locks.file(upload.digest()));
        upload.keep();
        Batch batch = Batch.of(dataset, upload, rows, idempotencyKey);
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
    List<Batch> page(String dataset, UUID before, int limit) {
        return Batch.page(dataset, before, limit);
    }

    @Transactional
    List<UUID> waiting() {
        return Batch.waiting(WAITING_AT_A_TIME).stream().map(batch -> batch.id).toList();
    }

    @Transactional
    void reached(UUID id, long rows) {
        Batch.update(
                "publishedRows = ?1 where id = ?2 and state = ?3 and publishedRows < ?1", rows, id, State.PUBLISHING);
    }

    @Transactional
    void published(UUID id) {
        Batch.update(
                "state = ?1, publishedRows = rows, publishedAt = ?2 where id = ?3 and state = ?4",
                State.PUBLISHED,
                Instant.now(),
                id,
                State.PUBLISHING);
    }

    @Transactional
    void failed(UUID id, String why) {
        Batch.update("state = ?1, error = ?2 where id = ?3 and state = ?4", State.FAILED, why, id, State.PUBLISHING);
    }
}
