package dev.orrery.registry.outbox;

import dev.orrery.kit.event.EventMessage;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.TransactionExceptionResult;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.persistence.EntityManager;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;

/// Takes events from the outbox to their topics, oldest first, each only after the broker has the one before.
/// A database lock lets one instance at a time do so. What the broker does not take stays, and is tried again.
@ApplicationScoped
class OutboxRelay {

    private static final int PAGE = 100;
    private static final long FALLBACK_MILLIS = 1000;
    private static final int TRANSACTION_SECONDS = 300;
    static final long LOCK = 0x4f7272657279L;

    private final MutinyEmitter<byte[]> events;
    private final EntityManager database;
    private final String service;
    private final AtomicLong pending;
    private final Semaphore work = new Semaphore(0);
    private volatile boolean stopping;
    private Thread thread;

    OutboxRelay(
            @Channel("events") MutinyEmitter<byte[]> events,
            EntityManager database,
            MeterRegistry meters,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.events = events;
        this.database = database;
        this.service = service;
        this.pending = meters.gauge("orrery.outbox.pending", new AtomicLong());
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofVirtual().name("outbox-relay").start(this::relayUntilStopped);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(5));
    }

    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Outbox.Added added) {
        work.release();
    }

    private void relayUntilStopped() {
        boolean failing = false;
        while (!stopping) {
            try {
                relayAll();
                if (failing) {
                    Log.info("Events are delivered again");
                }
                failing = false;
                work.tryAcquire(FALLBACK_MILLIS, TimeUnit.MILLISECONDS);
                work.drainPermits();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!failing && !stopping) {
                    Log.warn("Events wait in the outbox and will be tried again: " + e.getMessage());
                }
                failing = true;
                pause();
            }
        }
    }

    private void relayAll() {
        int relayed;
        do {
            relayed = QuarkusTransaction.requiringNew()
                    .timeout(TRANSACTION_SECONDS)
                    .exceptionHandler(failure -> TransactionExceptionResult.COMMIT)
                    .call(this::relayPage);
            pending.set(QuarkusTransaction.requiringNew().call(() -> OutboxEntry.count()));
        } while (relayed == PAGE);
    }

    /// Delivers up to a page of events. What was delivered is removed even when a later one fails.
    private int relayPage() {
        boolean mine = (Boolean) database.createNativeQuery("SELECT pg_try_advisory_xact_lock(:lock)")
                .setParameter("lock", LOCK)
                .getSingleResult();
        if (!mine) {
            return 0;
        }
        var entries = OutboxEntry.oldest(PAGE);
        pending.set(OutboxEntry.count());
        for (OutboxEntry entry : entries) {
            events.sendMessageAndAwait(EventMessage.of(service, entry.event()));
            entry.delete();
        }
        return entries.size();
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(FALLBACK_MILLIS);
        } catch (InterruptedException e) {
            stopping = true;
        }
    }
}
