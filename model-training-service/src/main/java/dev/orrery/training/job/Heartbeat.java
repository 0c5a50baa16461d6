package dev.orrery.training.job;

import dev.orrery.training.TrainingConfig;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Keeps a lease alive while the work goes on in another thread.
@ApplicationScoped
class Heartbeat {

    private static final int BEATS_PER_LEASE = 3;

    private final Leases leases;
    private final long beat;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("training-lease").daemon().factory());

    Heartbeat(Leases leases, TrainingConfig config) {
        this.leases = leases;
        this.beat = config.training().lease().toMillis() / BEATS_PER_LEASE;
    }

    /// Ends with the work.
    interface Beats extends AutoCloseable {
        @Override
        void close();
    }

    Beats keep(Lease lease) {
        Future<?> renewals = thread.scheduleAtFixedRate(() -> renew(lease), beat, beat, TimeUnit.MILLISECONDS);
        return () -> renewals.cancel(false);
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }

    private void renew(Lease lease) {
        try {
            leases.renew(lease, null);
        } catch (RuntimeException | Error e) {
            // The next step finds out whether the lease is lost; until then the database may come back.
            Log.warnf("Training %s: the lease could not be renewed: %s", lease.id(), e.getMessage());
        }
    }
}
