package dev.orrery.ingest.batch;

import dev.orrery.ingest.IngestConfig;
import dev.orrery.ingest.landing.Landing;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

/// Removes landed files that nothing needs any more: a person's data stays here no longer than is stated.
@ApplicationScoped
class LandingRetention {

    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Landing landing;
    private final Duration retention;

    LandingRetention(Landing landing, IngestConfig config) {
        this.landing = landing;
        this.retention = config.ingest().landingRetention();
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void removeOld() throws IOException {
        removeOld(Instant.now());
    }

    void removeOld(Instant now) throws IOException {
        Instant since = now.minus(retention);
        landing.keptBefore(since, digest -> QuarkusTransaction.requiringNew().run(() -> remove(digest, since)));
        landing.removeAbandoned(now.minus(ABANDONED));
    }

    private void remove(String digest, Instant since) {
        Locks.hold(Locks.file(digest));
        if (Batch.needs(digest, since)) {
            return;
        }
        try {
            landing.remove(digest);
            Log.infof("Removed landed file %s, older than %s", digest, retention);
        } catch (IOException e) {
            throw new UncheckedIOException("landed file %s could not be removed".formatted(digest), e);
        }
    }
}
