package dev.orrery.ingest.batch;

import dev.orrery.ingest.IngestConfig;
import dev.orrery.kit.consumer.Neighbours;
import dev.orrery.kit.problem.Failure;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/// Sets aside what cannot be published. Each attempt is counted before it begins, so that one which ends the process
/// counts too; a batch that was tried so often without getting any further is given up, and said to have failed.
@ApplicationScoped
class Attempts {

    private final BatchPublisher publisher;
    private final Batches batches;
    private final Neighbours neighbours;
    private final int most;
    /// Whose last attempt does not count. Kept here until it is written, for it may be the database that is away.
    private final Set<UUID> excused = ConcurrentHashMap.newKeySet();

    Attempts(BatchPublisher publisher, Batches batches, Neighbours neighbours, IngestConfig config) {
        this.publisher = publisher;
        this.batches = batches;
        this.neighbours = neighbours;
        this.most = config.ingest().attempts();
    }

    /// Publishes the batch further, or gives it up. An attempt that failed is told of and made again later.
    ///
    /// @param goOn asked after each transaction with the rows that are out
    /// @throws RuntimeException when the trouble is not the batch's: a neighbour is away
    void publish(UUID id, LongPredicate goOn) throws IOException {
        if (excused.contains(id)) {
            batches.excuse(id);
            excused.remove(id);
        }
        int before = batches.attemptsOf(id);
        if (before >= most) {
            publisher.giveUp(
                    id, "it could not be published in %d attempts: %s".formatted(before, batches.troubleOf(id)));
        } else {
            batches.attempt(id);
            attempt(id, goOn);
        }
    }

    private void attempt(UUID id, LongPredicate goOn) throws IOException {
        try {
            publisher.publish(id, goOn);
            batches.excuse(id);
        } catch (RuntimeException | IOException e) {
            if (isNotTheBatchs(e)) {
                excused.add(id);
                throw e;
            }
            Log.warnf(e, "Batch %s could not be published further; trying again soon", id);
            batches.trouble(id, e.toString());
        }
    }

    private boolean isNotTheBatchs(Exception e) {
        return Failure.of(e) == Failure.NEIGHBOUR_AWAY
                || e instanceof ProducerFencedException
                || e instanceof InvalidProducerEpochException
                || neighbours.away().isPresent();
    }
}
