package dev.orrery.ingest.batch;

import dev.orrery.ingest.IngestConfig;
import dev.orrery.kit.retention.Kept;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/// Idempotency keys end, so that a sender may use one again some day; the batch that was sent with it stays.
@ApplicationScoped
class IdempotencyKeys implements Kept {

    private final Duration keep;

    IdempotencyKeys(IngestConfig config) {
        this.keep = config.ingest().keep().idempotencyKeys();
    }

    @Override
    public String what() {
        return "idempotency-keys";
    }

    @Override
    public Duration keep() {
        return keep;
    }

    @Override
    @Transactional
    public long trim(Instant before) {
        return Batch.forgetKeys(before);
    }
}
