package dev.orrery.cli.topic;

import dev.orrery.cli.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads what is committed on a topic, from its beginning; it is in no group and changes nothing.
final class TopicTail implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int PATIENCE_MS = 10_000;

    private final KafkaConsumer<String, byte[]> consumer;

    TopicTail(String bootstrap, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest",
                        "default.api.timeout.ms",
                        PATIENCE_MS),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        try {
            begin(bootstrap, topic);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private void begin(String bootstrap, String topic) {
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new Failure(
                        "the broker at %s has no topic %s; see: ./orrery topic create".formatted(bootstrap, topic));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        } catch (KafkaException e) {
            throw new Failure("no broker answers at %s: %s".formatted(bootstrap, e.getMessage()), e);
        }
    }

    /// Gives away each record that is there now, a partition's in their order, until one is not wanted any more.
    void read(Predicate<ConsumerRecord<String, byte[]>> goOn) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                boolean there = record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()));
                if (there && !goOn.test(record)) {
                    return;
                }
            }
        }
    }

    /// Gives away each record, and waits for more, until one is not wanted any more.
    ///
    /// @param goOn asked also when nothing has come, with null
    void follow(Predicate<ConsumerRecord<String, byte[]>> goOn) {
        while (goOn.test(null)) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (!goOn.test(record)) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
