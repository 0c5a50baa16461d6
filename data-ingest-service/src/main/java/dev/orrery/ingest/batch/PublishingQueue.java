package dev.orrery.ingest.batch;

import dev.orrery.ingest.IngestConfig;
import dev.orrery.kit.loop.BackgroundLoop;
import dev.orrery.kit.loop.Loops;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/// Publishes what waits, in the background: what has just come in, what a service that died left behind, and what
/// could not be published while Kafka was away.
@ApplicationScoped
class PublishingQueue {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final Attempts attempts;
    private final Batches batches;
    private final DataSource database;
    private final int publishers;
    private final List<BackgroundLoop> loops = new CopyOnWriteArrayList<>();

    PublishingQueue(Attempts attempts, Batches batches, DataSource database, IngestConfig config) {
        this.attempts = attempts;
        this.batches = batches;
        this.database = database;
        this.publishers = config.ingest().publishers();
    }

    /// Says that something waits.
    void wake() {
        loops.forEach(BackgroundLoop::nudge);
    }

    void start(@Observes StartupEvent event, Loops kit) {
        for (int i = 1; i <= publishers; i++) {
            loops.add(kit.start("publisher-" + i, LOOK_AGAIN, this::publishWaiting));
        }
    }

    /// Each publisher ends its transaction when the service stops.
    private boolean goesOn() {
        return loops.stream().noneMatch(BackgroundLoop::isStopping);
    }

    /// @return whether more may wait than was looked at
    private boolean publishWaiting() {
        List<UUID> waiting = batches.waiting();
        for (UUID batch : waiting) {
            if (goesOn()) {
                publish(batch);
            }
        }
        return waiting.size() == Batches.WAITING_AT_A_TIME && goesOn();
    }

    private void publish(UUID batch) {
        try {
            Optional<Claim> claim = Claim.on(batch, database);
            if (claim.isPresent()) {
                try (Claim held = claim.get()) {
                    attempts.publish(held.batch(), rows -> goesOn());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("batch %s could not be published further".formatted(batch), e);
        } catch (SQLException e) {
            throw new IllegalStateException("batch %s could not be claimed".formatted(batch), e);
        }
    }
}
