package dev.orrery.cli.torture;

import dev.orrery.cli.platform.Platform;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.PredictionsMade;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// What the topic of predictions tells of an endpoint, from now on.
final class RecordedIds implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int PATIENCE_SECONDS = 120;

    private final KafkaConsumer<String, byte[]> consumer;
    private final String endpoint;
    private final AnsweredIds seen = new AnsweredIds();
    private long rows;
    private long repeated;

    /// @param rows     told of, those of shadows included
    /// @param missing  answered and not told of
    /// @param repeated told of more than once
    record Count(long rows, long missing, long repeated) {}

    RecordedIds(Platform platform, String endpoint) {
        this.endpoint = endpoint;
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", platform.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topic.PREDICTIONS.title()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /// Waits until all that was answered is told of, or for two minutes in vain.
    Count of(AnsweredIds answered) {
        long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        long missing = answered.missing(seen);
        while (missing > 0 && System.nanoTime() < deadline) {
            consumer.poll(POLL).forEach(this::see);
            missing = answered.missing(seen);
        }
        return new Count(rows, missing, repeated);
    }

    private void see(ConsumerRecord<String, byte[]> record) {
        if (EventCodec.decode(record) instanceof PredictionsMade block
                && block.header().endpoint().equals(endpoint)) {
            block.rows().forEach(row -> {
                rows++;
                repeated += seen.add(block.header().instance(), row.sequence()) ? 0 : 1;
            });
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
