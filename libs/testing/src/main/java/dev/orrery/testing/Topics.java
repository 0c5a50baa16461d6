package dev.orrery.testing;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.UnreadableEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// How a test talks to the platform's topics: it publishes as a neighbour would, and reads what is committed.
public final class Topics {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static String bootstrap;
    private static KafkaProducer<String, byte[]> producer;

    private Topics() {}

    static void connect(String brokers) {
        bootstrap = brokers;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    static void disconnect() {
        if (producer != null) {
            producer.close();
        }
    }

    /// Publishes events in order and returns when the broker has them all.
    public static void publish(Event... events) {
        for (Event event : events) {
            producer.send(EventCodec.encode("test", event));
        }
        producer.flush();
    }

    /// Publishes an event that says something else in a place, as a newer version of the platform would.
    public static void publishNewer(Event event, String said, String says) {
        ProducerRecord<String, byte[]> record = EventCodec.encode("test", event);
        String json = new String(record.value(), StandardCharsets.UTF_8).replace(said, says);
        producer.send(new ProducerRecord<>(
                record.topic(), null, record.key(), json.getBytes(StandardCharsets.UTF_8), record.headers()));
        producer.flush();
    }

    /// Puts bytes on a topic that are no event at all.
    public static void publishGarbage(Topic topic, String key, String garbage) {
        producer.send(new ProducerRecord<>(topic.title(), key, garbage.getBytes(StandardCharsets.UTF_8)));
        producer.flush();
    }

    /// Waits until at least so many committed events of a kind match, and returns all that do.
    ///
    /// @throws AssertionError with what there is instead, after 90 seconds
    public static <E extends Event> List<E> await(Topic topic, Class<E> kind, Predicate<E> wanted, int atLeast) {
        List<E> found = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (KafkaConsumer<String, byte[]> consumer = consumer(topic.title())) {
            while (found.size() < atLeast && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    event(record, kind).filter(wanted).ifPresent(found::add);
                }
            }
        }
        if (found.size() < atLeast) {
            throw new AssertionError("expected %d %s on %s within %s, but there are %d: %s"
                    .formatted(atLeast, kind.getSimpleName(), topic.title(), PATIENCE, found.size(), found));
        }
        return found;
    }

    /// All committed events of a kind that match and are there now.
    public static <E extends Event> List<E> present(Topic topic, Class<E> kind, Predicate<E> wanted) {
        return records(topic.title()).stream()
                .flatMap(record -> event(record, kind).stream())
                .filter(wanted)
                .toList();
    }

    /// All committed records that lie on a topic now, whatever they are.
    public static List<ConsumerRecord<String, byte[]>> records(String topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer(topic)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /// Other tests put garbage on the same topics.
    private static <E extends Event> Optional<E> event(ConsumerRecord<String, byte[]> record, Class<E> kind) {
        try {
            return Optional.of(EventCodec.decode(record))
                    .filter(kind::isInstance)
                    .map(kind::cast);
        } catch (UnreadableEvent e) {
            return Optional.empty();
        }
    }

    private static KafkaConsumer<String, byte[]> consumer(String topic) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
        return consumer;
    }
}
