package dev.orrery.ceilings;

import dev.orrery.contracts.event.EncodedBlock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Bytes onto a topic of the platform's broker, and from there. The topic is gone afterwards.
final class TopicPart implements AutoCloseable {

    private static final int PARTITIONS = 4;

    private final String topic = "ceilings." + UUID.randomUUID();
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    TopicPart(String bootstrap) throws Exception {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                .all()
                .get();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "compression.type", "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
    }

    long produce(List<EncodedBlock> blocks) {
        int partition = 0;
        for (EncodedBlock block : blocks) {
            producer.send(new ProducerRecord<>(topic, partition++ % PARTITIONS, null, block.data()));
        }
        producer.flush();
        return rows(blocks);
    }

    /// Reads as many records as were just produced.
    long consume(List<EncodedBlock> blocks) {
        long bytes = blocks.stream().mapToLong(block -> block.data().length).sum();
        while (bytes > 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                bytes -= record.value().length;
            }
        }
        return rows(blocks);
    }

    private static long rows(List<EncodedBlock> blocks) {
        return blocks.stream().mapToLong(EncodedBlock::rows).sum();
    }

    @Override
    public void close() {
        try (admin;
                producer;
                consumer) {
            admin.deleteTopics(List.of(topic));
        }
    }
}
