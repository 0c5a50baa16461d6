package dev.orrery.ingest.batch;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.BatchMoved;
import dev.orrery.contracts.event.EncodedBlock;
import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.IngestEnded;
import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// The Kafka transactions of one batch: rows go out in order, each exactly once, whoever dies in between.
///
/// How many rows lie in each partition is committed *in the same transaction as the rows*, as the offsets of a
/// consumer group that belongs to the batch and has no members. Their sum is the position, and nothing else is.
/// The transactional id belongs to the batch too, so a new publisher ends what an older one left open and fences it
/// off before it reads the position. That is why this is a plain producer: a channel of the messaging framework has one
/// transactional id for ever.
final class BatchTransactions implements AutoCloseable {

    /// So many rows are in a transaction at most. A batch of wide rows commits sooner, long before it times out.
    static final int MAX_ROWS = 10_000;

    private static final long MAX_BYTES = 16L << 20;
    private static final String SERVICE = "data-ingest-service";
    private static final String ROWS_TOPIC = Topic.RECORDS_INGESTED.title();
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String name;
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;
    private long[] counts;
    private boolean open;
    private long openBytes;

    private BatchTransactions(String name, Map<String, Object> kafka) {
        this.name = name;
        this.admin = Admin.create(kafka);
        this.producer = new KafkaProducer<>(settings(kafka, name), new StringSerializer(), new ByteArraySerializer());
    }

    /// Fences off whoever published this batch before, and finds out how far they got.
    static BatchTransactions resume(String batch, Map<String, Object> kafka) {
        BatchTransactions transactions = new BatchTransactions(SERVICE + ".batch." + batch, kafka);
        try {
            transactions.producer.initTransactions();
            transactions.counts = transactions.committed();
            return transactions;
        } catch (RuntimeException e) {
            transactions.close();
            throw e;
        }
    }

    /// How many rows are out, those of the open transaction included.
    long rows() {
        return Arrays.stream(counts).sum();
    }

    /// How many partitions the rows are spread over.
    int partitions() {
        return counts.length;
    }

    /// Whether the open transaction holds as much as one may.
    ///
    /// @param rows how many rows are meant for it
    boolean full(long rows) {
        return rows >= MAX_ROWS || openBytes >= MAX_BYTES;
    }

    void add(EncodedBlock block, int partition) {
        send(EventCodec.encode(SERVICE, block, partition));
        counts[partition] += block.rows();
        openBytes += block.data().length;
    }

    /// Puts the end of the batch into every partition, and says that it is published, all with the rows that are open.
    void end(BatchMoved published) {
        for (int partition = 0; partition < counts.length; partition++) {
            send(new IngestEnded(
                    published.dataset(), published.batch(), partition, counts[partition], published.rows()));
        }
        send(published);
    }

    void commit() {
        Map<TopicPartition, OffsetAndMetadata> position = new HashMap<>();
        for (int partition = 0; partition < counts.length; partition++) {
            position.put(new TopicPartition(ROWS_TOPIC, partition), new OffsetAndMetadata(counts[partition]));
        }
        producer.sendOffsetsToTransaction(position, new ConsumerGroupMetadata(name));
        producer.commitTransaction();
        open = false;
        openBytes = 0;
    }

    /// Removes the position of a batch that is over. If it cannot, Kafka lets the position expire.
    void forget() {
        try {
            // The last commit may still be on its way into the group; reading waits for it, removing would not.
            committed();
            admin.deleteConsumerGroups(List.of(name)).all().get();
        } catch (ExecutionException | KafkaException e) {
            Log.debugf(e, "The position %s stays until it expires", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            if (open) {
                producer.abortTransaction();
            }
        } catch (KafkaException e) {
            // Fenced off or cut off: either way the broker aborts it, at the latest when the batch is resumed.
            open = false;
        } finally {
            producer.close(CLOSE_TIMEOUT);
            admin.close(CLOSE_TIMEOUT);
        }
    }

    private void send(Event event) {
        send(EventCodec.encode(SERVICE, event));
    }

    /// A record that is not taken makes the commit fail.
    private void send(ProducerRecord<String, byte[]> event) {
        if (!open) {
            producer.beginTransaction();
            open = true;
        }
        producer.send(event);
    }

    private long[] committed() {
        long[] committed = new long[producer.partitionsFor(ROWS_TOPIC).size()];
        try {
            admin.listConsumerGroupOffsets(name, new ListConsumerGroupOffsetsOptions().requireStable(true))
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, rows) -> committed[partition.partition()] = rows.offset());
            return committed;
        } catch (ExecutionException e) {
            throw new KafkaException("the position of %s cannot be read".formatted(name), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while reading the position of " + name, e);
        }
    }

    private static Map<String, Object> settings(Map<String, Object> kafka, String transactionalId) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        // A transaction's first request may be put off while the last one is still being ended. A second request on its
        // heels would be out of sequence then, which the broker reports as an error each time.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        // Several blocks go in one request; what a request costs the broker is most of what a block costs it.
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 19);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 8L << 20);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return settings;
    }
}
