package dev.orrery.validation.dataset;

import dev.orrery.kit.loop.BackgroundLoop;
import dev.orrery.kit.loop.Loops;
import dev.orrery.validation.batch.Batches;
import dev.orrery.validation.batch.Failures;
import dev.orrery.validation.loop.Attempts;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.locks.Lock;

/// Decides batches as soon as they are complete. Whoever records an end or a rejected row nudges it.
@Singleton
public class Committer {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Loops loops;
    private final Batches batches;
    private final Failures failures;
    private final Attempts attempts;
    private final DatasetVersions versions;
    private final DatasetMetrics metrics;
    private BackgroundLoop loop;

    Committer(
            Loops loops,
            Batches batches,
            Failures failures,
            Attempts attempts,
            DatasetVersions versions,
            DatasetMetrics metrics) {
        this.loops = loops;
        this.batches = batches;
        this.failures = failures;
        this.attempts = attempts;
        this.versions = versions;
        this.metrics = metrics;
    }

    /// There may be a batch to decide.
    public void nudge() {
        loop.nudge();
    }

    void start() {
        loop = loops.start("committer", LOOK_AGAIN, this::decideAll);
    }

    void stop() {
        loop.close();
    }

    void onStart(@Observes StartupEvent event) {
        start();
    }

    private boolean decideAll() {
        boolean any = false;
        RuntimeException failure = null;
        for (String batch : batches.complete()) {
            try {
                any |= decide(batch);
            } catch (RuntimeException e) {
                // The batches behind it need not wait for what is wrong with this one.
                failure = new IllegalStateException("batch %s: %s".formatted(batch, e.getMessage()), e);
            }
        }
        if (any || !metrics.areKnown()) {
            metrics.refresh();
        }
        if (failure != null) {
            throw failure;
        }
        return any;
    }

    /// Decides a batch, unless the process dies of it every time.
    private boolean decide(String batch) {
        String what = "decide/" + batch;
        boolean alone = attempts.isSuspect(what, 0, 0, false);
        if (alone && !attempts.mayTryAlone(what, 0, false)) {
            failures.fail(batch, versions.datasetOf(batch), Attempts.GIVEN_UP + ", about to decide it");
            attempts.forget(what);
            return true;
        }
        Lock lock = attempts.lock(alone);
        lock.lock();
        boolean decided = false;
        try {
            decided = versions.decide(batch);
        } catch (RuntimeException e) {
            attempts.survived(what, 0, alone);
            throw e;
        } finally {
            lock.unlock();
        }
        if (decided) {
            attempts.forget(what);
        } else {
            attempts.survived(what, 0, alone);
        }
        return decided;
    }
}
