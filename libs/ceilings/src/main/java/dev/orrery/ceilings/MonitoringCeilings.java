package dev.orrery.ceilings;

import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.PredictionsMade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// The parts of a prediction's way from its topic into a window, on the predictions that lie there.
///
/// Given: `brokers`, and the `topic`.
final class MonitoringCeilings implements Suite {

    private static final Duration POLL = Duration.ofMillis(100);
    /// So many blocks are decoded again and again: they are enough to tell, and fit into a small heap.
    private static final int HELD = 50;

    @Override
    public void measure(Given given, Gauge gauge) throws Exception {
        List<ConsumerRecord<String, byte[]>> held = new ArrayList<>();
        long[] predictions = {0};
        consume(given, block -> {
            predictions[0] += decoded(block);
            if (held.size() < HELD) {
                held.add(block);
            }
        });
        gauge.measure("consuming the same bytes", () -> {
            consume(given, _ -> {});
            return predictions[0];
        });
        gauge.measure("decoding blocks", () -> {
            long decoded = 0;
            while (decoded < predictions[0]) {
                decoded += held.stream().mapToInt(MonitoringCeilings::decoded).sum();
            }
            return decoded;
        });
    }

    /// Reads the topic from its beginning to where its end is now.
    private static void consume(Given given, Consumer<ConsumerRecord<String, byte[]>> block) {
        Map<String, Object> settings = Map.of("bootstrap.servers", given.text("brokers"), "fetch.max.bytes", 4 << 20);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(given.text("topic")).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(block);
            }
        }
    }

    private static int decoded(ConsumerRecord<String, byte[]> block) {
        return ((PredictionsMade) EventCodec.decode(block)).size();
    }
}
