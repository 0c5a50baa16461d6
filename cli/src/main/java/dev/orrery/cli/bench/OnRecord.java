package dev.orrery.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.cli.Failure;
import dev.orrery.cli.platform.Platform;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.PredictionsMade;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// What lies on the topic of the predictions that were answered: each of them once, or not.
final class OnRecord implements AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, byte[]> consumer;

    /// @param lost    predictions that were answered and did not come within a minute
    /// @param doubled predictions that came more than once
    record Count(long answered, long lost, long doubled) {}

    /// From now on.
    OnRecord(Platform platform) {
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

    /// What the instance calls itself that answered: its predictions' numbers follow that name.
    static String instance(JsonNode answer) {
        String id = answer.path("outputs")
                .valueStream()
                .filter(output -> output.path("name").asText().equals("prediction_id"))
                .map(output -> output.path("data").path(0).asText())
                .findFirst()
                .orElseThrow(() -> new Failure("an answer came without prediction_id: " + answer));
        return id.substring(0, id.lastIndexOf('-'));
    }

    /// Waits for as many as one instance has answered since.
    Count of(String instance, long answered) {
        BitSet seen = new BitSet();
        long rows = 0;
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (seen.cardinality() < answered && System.nanoTime() < end) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (!(EventCodec.decode(record) instanceof PredictionsMade block)) {
                    throw new Failure("something else than predictions lies on " + record.topic());
                }
                if (block.header().instance().equals(instance)) {
                    rows += block.size();
                    block.rows().forEach(row -> seen.set(Math.toIntExact(row.sequence())));
                }
            }
        }
        long distinct = seen.cardinality();
        return new Count(answered, Math.max(0, answered - distinct), rows - distinct);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
