package dev.orrery.monitoring.prediction;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.PredictionsMade;
import dev.orrery.kit.kafka.KafkaClients;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ServiceUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads single predictions back from their topic.
@Singleton
class PredictionTopic {

    /// Each reads a megabyte or so, and heaps are small.
    private static final int AT_ONCE = 2;
    private static final long PATIENCE_SECONDS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int FETCH_BYTES = 256 << 10;

    private final KafkaClients clients;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    PredictionTopic(KafkaClients clients) {
        this.clients = clients;
    }

    /// Looks for a prediction in some runs, one after the other.
    ///
    /// @return empty when none of them holds it, or the topic has let it go
    /// @throws ServiceUnavailableException when the broker does not answer, or too many are looked for at once
    Optional<Located> find(PredictionId id, List<BlockRun> runs) {
        takeTurn();
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            return runs.stream()
                    .flatMap(run -> new Search(consumer, id, run).result().stream())
                    .findFirst();
        } catch (TimeoutException e) {
            throw away(e);
        } finally {
            turns.release();
        }
    }

    /// Whether the topic has let all of some runs go; not when there are none.
    boolean isGone(List<BlockRun> runs) {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            return !runs.isEmpty()
                    && runs.stream().allMatch(run -> {
                        TopicPartition partition = partition(run);
                        return consumer.beginningOffsets(List.of(partition)).get(partition) > run.lastOffset;
                    });
        } catch (TimeoutException e) {
            throw away(e);
        }
    }

    private void takeTurn() {
        try {
            if (turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw new ServiceUnavailableException("Too many predictions are looked for at once; ask again.", 1L);
    }

    private static ServiceUnavailableException away(TimeoutException e) {
        return new ServiceUnavailableException(
                "The broker, which keeps the predictions, does not answer now; ask again.", PATIENCE_SECONDS, e);
    }

    private static TopicPartition partition(BlockRun run) {
        return new TopicPartition(Topic.PREDICTIONS.title(), run.key.partition());
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(settings(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = clients.settings();
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        return settings;
    }

    /// One run, read through until the prediction comes.
    private record Search(KafkaConsumer<String, byte[]> consumer, PredictionId id, BlockRun run) {

        Optional<Located> result() {
            TopicPartition partition = partition(run);
            consumer.assign(List.of(partition));
            consumer.seek(partition, run.key.firstOffset());
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(partition) <= run.lastOffset) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() > run.lastOffset) {
                        return Optional.empty();
                    }
                    Optional<Located> found = in(record);
                    if (found.isPresent()) {
                        return found;
                    }
                }
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("no answer from the broker");
                }
            }
            return Optional.empty();
        }

        /// A run may hold blocks of other instances, and what was set aside as unreadable when it was counted.
        private Optional<Located> in(ConsumerRecord<String, byte[]> record) {
            if (!id.instance().equals(record.key())) {
                return Optional.empty();
            }
            try {
                PredictionsMade block = PredictionsMade.read(record.value());
                return block.rows().stream()
                        .filter(row -> row.sequence() == id.sequence())
                        .map(row -> new Located(block.header(), row, record.partition(), record.offset()))
                        .findFirst();
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }
    }
}
