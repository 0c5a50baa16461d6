package dev.orrery.kit.consumer;

import dev.orrery.kit.kafka.KafkaClients;
import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// A Kafka client on one topic that knows how far its records are dealt with. Of one thread, but for [#wakeUp] and
/// [#isConnected].
final class TopicReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(2);

    private final KafkaConsumer<String, byte[]> consumer;
    private final boolean shared;
    private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private Metric connections;

    private TopicReader(KafkaConsumer<String, byte[]> consumer, boolean shared) {
        this.consumer = consumer;
        this.shared = shared;
    }

    /// @throws org.apache.kafka.common.KafkaException when the broker is away
    static TopicReader open(Subscription<?> subscription, KafkaClients clients) {
        Map<String, Object> settings = clients.settings();
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, subscription.name());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        // Events are few and small; heaps are small, too.
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 2 << 20);
        if (subscription.shared()) {
            settings.put(ConsumerConfig.GROUP_ID_CONFIG, subscription.name());
            // Whoever was killed is replaced within seconds.
            settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
            settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        }
        var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        var reader = new TopicReader(consumer, subscription.shared());
        try {
            reader.begin(subscription.topic().title());
            return reader;
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    ConsumerRecords<String, byte[]> poll(Duration patience) {
        return consumer.poll(patience);
    }

    /// A record is dealt with.
    void done(ConsumerRecord<String, byte[]> record) {
        done.put(
                new TopicPartition(record.topic(), record.partition()),
                new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), ""));
    }

    /// Keeps for the next start how far records are dealt with.
    void commit() {
        if (shared && !done.isEmpty()) {
            consumer.commitSync(done);
        }
        done.clear();
    }

    /// Goes back to the first of the polled records that is not dealt with, in each partition.
    void rewind(ConsumerRecords<String, byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            OffsetAndMetadata next = done.get(partition);
            consumer.seek(
                    partition,
                    next == null ? polled.records(partition).getFirst().offset() : next.offset());
        }
        commit();
    }

    /// Whether everything that was there when it began has been polled and dealt with.
    boolean isAtEnd() {
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        return ends.isEmpty();
    }

    /// Whether a broker answers. A consumer that polls always has a request under way, so it keeps its connection.
    boolean isConnected() {
        return connections != null && connections.metricValue() instanceof Double count && count > 0;
    }

    void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        try {
            commit();
        } catch (KafkaException e) {
            Log.debugf(e, "What was dealt with last comes again at the next start");
        } finally {
            consumer.close(CloseOptions.timeout(PATIENCE_AT_STOP));
        }
    }

    /// What several instances share has no end of its own to reach: another may be reading.
    private void begin(String topic) {
        connections = consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("connection-count"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        if (shared) {
            consumer.subscribe(List.of(topic));
            return;
        }
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        ends.putAll(consumer.endOffsets(partitions));
    }
}
