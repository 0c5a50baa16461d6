package dev.orrery.monitoring.count;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Block;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.UnreadableEvent;
import dev.orrery.kit.consumer.DeadLetters;
import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.monitoring.reference.References;
import dev.orrery.monitoring.window.Windows;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads the partitions of predictions that fall to one instance, and counts them. The instances share the topic; what
/// each has read becomes durable a few times a second in one transaction of the database: the windows that it changes,
/// which predictions it counted, and each partition's place. Whoever reads a partition next begins at that place, and
/// whoever lost one without knowing finds it moved, and begins anew.
///
/// Of one thread. What fails leaves as an exception; then this is closed, and another one begins at what is durable.
final class PredictionCounter implements AutoCloseable, ConsumerRebalanceListener {

    private static final String TYPE = Topic.PREDICTIONS.title() + "." + Block.KIND;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration COMMIT = Duration.ofMillis(250);
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(2);

    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaClients clients;
    private final Windows windows;
    private final Clock clock;
    private final Gathered gathered;
    private long lastCommit = System.nanoTime();
    private volatile int partitions = -1;

    /// @param group whose instances share the partitions
    PredictionCounter(String group, KafkaClients clients, References references, Windows windows, Clock clock) {
        this.clients = clients;
        this.windows = windows;
        this.clock = clock;
        gathered = new Gathered(
                references,
                instance -> QuarkusTransaction.requiringNew().call(() -> CountedInstance.sequences(instance)));
        consumer = new KafkaConsumer<>(settings(group, clients), new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topic.PREDICTIONS.title()), this);
    }

    /// Reads what is there, waiting a moment for it, and commits when it is time.
    void step() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            read(record);
            if (gathered.isFull()) {
                commit();
            }
        }
        if (System.nanoTime() - lastCommit >= COMMIT.toNanos()) {
            commit();
        }
    }

    /// How many partitions it reads; -1 before any were given out.
    int partitions() {
        return partitions;
    }

    /// All partitions change hands at once, so nothing that was read is kept.
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> places = new HashMap<>();
        QuarkusTransaction.requiringNew()
                .run(() -> partitions.forEach(partition -> places.put(partition, CountedPartition.next(partition))));
        places.forEach(consumer::seek);
        gathered.begin(places);
        this.partitions = partitions.size();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        gathered.begin(Map.of());
        this.partitions = -1;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(PATIENCE_AT_STOP));
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        try {
            String type = EventCodec.type(record.headers());
            if (!type.equals(TYPE)) {
                throw new IllegalArgumentException("a %s is no prediction".formatted(type));
            }
            gathered.add(partition, record.offset(), record.value());
        } catch (IllegalArgumentException | UnreadableEvent e) {
            bury(record, e);
        }
        gathered.reach(partition, record.offset() + 1, Math.max(0, record.serializedValueSize()));
    }

    private void bury(ConsumerRecord<String, byte[]> record, RuntimeException reason) {
        Log.errorf(reason, "A record is set aside, offset %d of partition %d", record.offset(), record.partition());
        clients.publish(DeadLetters.of(record, String.valueOf(reason.getMessage())));
    }

    private void commit() {
        lastCommit = System.nanoTime();
        if (gathered.isEmpty()) {
            return;
        }
        QuarkusTransaction.requiringNew().run(() -> {
            gathered.movePlaces();
            windows.take(gathered.arrivals());
            gathered.keepSequences(clock.instant());
        });
        // Only for tools that show how far a group lags: nobody begins there.
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        gathered.committed().forEach((partition, next) -> offsets.put(partition, new OffsetAndMetadata(next)));
        consumer.commitAsync(offsets, null);
    }

    private static Map<String, Object> settings(String group, KafkaClients clients) {
        Map<String, Object> settings = clients.settings();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, group);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
        // Heaps are small.
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1 << 20);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 18);
        // Whoever was killed is replaced within seconds.
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        return settings;
    }
}
