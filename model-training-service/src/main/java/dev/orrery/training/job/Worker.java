package dev.orrery.training.job;

import dev.orrery.training.TrainingConfig;
import dev.orrery.training.job.Leases.Found;
import dev.orrery.training.registration.RegistryUnavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The one thread that trains, and the one that keeps its lease alive meanwhile.
@ApplicationScoped
class Worker {

    private static final Duration LAST_STEP = Duration.ofSeconds(8);
    private static final int BEATS_PER_LEASE = 3;

    private final Leases leases;
    private final Pipeline pipeline;
    private final TrainingConfig.Own config;
    private final MeterRegistry metrics;
    private final String name = UUID.randomUUID().toString();
    private final Semaphore work = new Semaphore(0);
    private final ScheduledExecutorService heartbeat = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("training-lease").daemon().factory());
    private final Thread thread = Thread.ofPlatform().name("training").unstarted(this::work);
    private volatile boolean stopping;

    Worker(Leases leases, Pipeline pipeline, TrainingConfig config, MeterRegistry metrics) {
        this.leases = leases;
        this.pipeline = pipeline;
        this.config = config.training();
        this.metrics = metrics;
    }

    /// Tells the worker that there is a job, so that it need not be found by looking.
    void wake() {
        work.release();
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    /// Waits for the step under way; a job that takes longer is left to its lease.
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        wake();
        thread.join(LAST_STEP);
        heartbeat.shutdownNow();
    }

    private void work() {
        while (!stopping) {
            try {
                switch (leases.take(name)) {
                    case Found.Nothing _ -> rest();
                    case Found.Settled settled -> {
                        if (settled.failed()) {
                            count(settled.recipe(), "failed");
                        }
                    }
                    case Found.Work found -> train(found.lease());
                }
            } catch (RuntimeException e) {
                Log.error("No job could be looked for", e);
                rest();
            }
        }
    }

    private void train(Lease lease) {
        Log.infof("Training %s: %s of %s, attempt %d", lease.id(), lease.recipe(), lease.useCase(), lease.attempt());
        long beat = config.lease().toMillis() / BEATS_PER_LEASE;
        ScheduledFuture<?> renewals =
                heartbeat.scheduleAtFixedRate(() -> renew(lease), beat, beat, TimeUnit.MILLISECONDS);
        Timer.Sample sample = Timer.start(metrics);
        try {
            Result result = pipeline.run(lease, step -> advance(lease, step));
            leases.succeed(lease, result);
            sample.stop(metrics.timer("orrery.training", "recipe", lease.recipe()));
            count(lease.recipe(), "succeeded");
            Log.infof("Training %s made version %d", lease.id(), result.version());
        } catch (LeaseLost e) {
            Log.warn(e.getMessage());
        } catch (RegistryUnavailable e) {
            unlessLost(() -> retry(lease, e));
        } catch (Exception e) {
            unlessLost(() -> fail(lease, e));
        } finally {
            renewals.cancel(false);
        }
    }

    private void advance(Lease lease, String step) {
        if (stopping) {
            throw new Stopping();
        }
        leases.renew(lease, step);
    }

    private void renew(Lease lease) {
        try {
            leases.renew(lease, null);
        } catch (RuntimeException e) {
            // The next step finds out whether the lease is lost; until then the database may come back.
            Log.warnf("Training %s: the lease could not be renewed: %s", lease.id(), e.getMessage());
        }
    }

    private void retry(Lease lease, RegistryUnavailable e) {
        if (stopping) {
            leases.giveBack(lease);
            return;
        }
        Log.warnf("Training %s: %s", lease.id(), e.getMessage());
        if (leases.retry(lease, e.getMessage())) {
            count(lease.recipe(), "failed");
        }
    }

    private void fail(Lease lease, Exception e) {
        if (stopping) {
            leases.giveBack(lease);
            return;
        }
        Log.errorf(e, "Training %s failed", lease.id());
        leases.fail(lease, e.getMessage() == null ? e.toString() : e.getMessage());
        count(lease.recipe(), "failed");
    }

    private void unlessLost(Runnable move) {
        try {
            move.run();
        } catch (LeaseLost e) {
            Log.warn(e.getMessage());
        }
    }

    private void count(String recipe, String outcome) {
        metrics.counter("orrery.trainings", "recipe", recipe, "outcome", outcome)
                .increment();
    }

    private void rest() {
        try {
            if (work.tryAcquire(config.poll().toMillis(), TimeUnit.MILLISECONDS)) {
                work.drainPermits();
            }
        } catch (InterruptedException _) {
            stopping = true;
        }
    }

    /// Ends the work between two steps because the process stops.
    private static final class Stopping extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopping() {
            super("the service stops");
        }
    }
}
