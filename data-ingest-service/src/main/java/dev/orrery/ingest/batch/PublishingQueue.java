package dev.orrery.ingest.batch;

import dev.orrery.ingest.IngestConfig;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/// Publishes what waits, in the background: what has just come in, what a service that died left behind, and what
/// could not be published while Kafka was away.
@ApplicationScoped
class PublishingQueue {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    private static final Duration PATIENCE_AT_SHUTDOWN = Duration.ofSeconds(10);

    private final BatchPublisher publisher;
    private final Batches batches;
    private final DataSource database;
    private final int publishers;
    private final Semaphore bell = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    PublishingQueue(BatchPublisher publisher, Batches batches, DataSource database, IngestConfig config) {
        this.publisher = publisher;
        this.batches = batches;
        this.database = database;
        this.publishers = config.ingest().publishers();
    }

    /// Says that something waits.
    void wake() {
        bell.release();
    }

    void start(@Observes StartupEvent event) {
        for (int i = 1; i <= publishers; i++) {
            // Platform threads: encoding rows keeps a processor busy, and would keep virtual threads from theirs.
            threads.add(Thread.ofPlatform().name("publisher-" + i).start(this::work));
        }
    }

    /// Lets each publisher end its transaction.
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        bell.release(publishers);
        for (Thread thread : threads) {
            thread.join(PATIENCE_AT_SHUTDOWN);
        }
    }

    private void work() {
        try {
            while (!stopping) {
                publishWaiting();
                bell.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publishWaiting() {
        try {
            for (UUID batch : batches.waiting()) {
                if (!stopping) {
                    publish(batch);
                }
            }
        } catch (RuntimeException e) {
            Log.warn("The batches that wait to be published cannot be read; trying again soon", e);
        }
    }

    private void publish(UUID batch) {
        try {
            Optional<Claim> claim = Claim.on(batch, database);
            if (claim.isPresent()) {
                try (Claim held = claim.get()) {
                    publisher.publish(held.batch(), rows -> !stopping);
                }
            }
        } catch (Exception e) {
            Log.warnf(e, "Batch %s could not be published further; trying again soon", batch);
        }
    }
}
