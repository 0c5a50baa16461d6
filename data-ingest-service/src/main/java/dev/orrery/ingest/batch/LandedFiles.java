package dev.orrery.ingest.batch;

import dev.orrery.ingest.IngestConfig;
import dev.orrery.ingest.landing.Landing;
import dev.orrery.kit.retention.Kept;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// Landed files end when nothing needs them any more: a person's data stays here no longer than is stated.
@ApplicationScoped
class LandedFiles implements Kept {

    private final Landing landing;
    private final Duration keep;

    LandedFiles(Landing landing, IngestConfig config) {
        this.landing = landing;
        this.keep = config.ingest().keep().files();
    }

    @Override
    public String what() {
        return "landed-files";
    }

    @Override
    public Duration keep() {
        return keep;
    }

    @Override
    public long trim(Instant before) {
        AtomicLong removed = new AtomicLong();
        try {
            landing.keptBefore(before, digest -> {
                if (QuarkusTransaction.requiringNew().call(() -> remove(digest, before))) {
                    removed.incrementAndGet();
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the landed files cannot be read", e);
        }
        return removed.get();
    }

    private boolean remove(String digest, Instant before) throws IOException {
        Locks.hold(Locks.file(digest));
        if (Batch.needs(digest, before)) {
            return false;
        }
        landing.remove(digest);
        return true;
    }
}
