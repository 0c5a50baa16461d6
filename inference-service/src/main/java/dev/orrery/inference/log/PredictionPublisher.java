package dev.orrery.inference.log;

import dev.orrery.inference.log.Segment.Batch;
import dev.orrery.kit.loop.BackgroundLoop;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Carries predictions from the disk to Kafka, in order: a batch is taken from the spool only when all of it is
/// acknowledged, and is sent again as a whole when any of it was not.
///
/// It has a producer of its own, made anew after each failure: what the old one still holds would come twice.
final class PredictionPublisher {

    /// Bytes that are on their way at once.
    private static final long BATCH = 1L << 20;
    private static final Duration IDLE = Duration.ofSeconds(1);
    /// Unless much waits, blocks of so long a time go together: each round costs the broker and us the same.
    private static final Duration GATHERING = Duration.ofMillis(25);

    private static final int LINGER_MILLIS = 5;
    private static final long BUFFER_BYTES = 4L << 20;

    private final Spool spool;
    private final Map<String, Object> config;
    private final IntConsumer dropped;
    private final BackgroundLoop loop;
    private volatile Producer<String, byte[]> producer;
    private volatile boolean reachable;
    private volatile boolean stopping;
    /// Whether the last round was full.
    private boolean backlog;

    PredictionPublisher(
            Spool spool,
            Map<String, Object> kafka,
            Duration patience,
            IntConsumer dropped,
            BiConsumer<String, Throwable> onEnd) {
        this.spool = spool;
        this.dropped = dropped;
        config = new HashMap<>(kafka);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        // A broker that comes back may refuse one block and take the one behind it.
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience.toMillis());
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) (patience.toMillis() / 2));
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        loop = new BackgroundLoop("prediction-publisher", IDLE, this::deliver, onEnd);
    }

    void start() {
        loop.start();
    }

    /// Something waits.
    void nudge() {
        loop.nudge();
    }

    /// Whether Kafka took the last batch.
    boolean reachable() {
        return reachable;
    }

    /// Delivers what waits, unless Kafka does not take it or the time is up, and ends. The rest stays on disk.
    void stop(Duration patience) throws InterruptedException {
        if (reachable) {
            spool.awaitEmpty(patience);
        }
        stopping = true;
        disconnect();
        loop.close();
        disconnect();
    }

    /// Delivers a batch, and says whether there may be more.
    private boolean deliver() {
        try {
            Batch batch = stopping ? Batch.NONE : next();
            if (batch.entries().isEmpty()) {
                return false;
            }
            send(connected(), batch.entries());
            spool.confirm(batch);
            reached();
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("predictions on disk cannot be read", e);
        } catch (KafkaException | IllegalStateException e) {
            reachable = false;
            disconnect();
            throw new KafkaException(
                    "Kafka takes no predictions, %d wait on disk: %s".formatted(spool.pending(), e.getMessage()));
        }
    }

    private Batch next() throws IOException {
        if (!backlog && spool.pending() > 0) {
            LockSupport.parkNanos(GATHERING.toNanos());
        }
        Batch batch = spool.peek(BATCH);
        backlog = batch.bytes() >= BATCH;
        return batch;
    }

    private Producer<String, byte[]> connected() {
        if (producer == null) {
            producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    /// What is confirmed was acknowledged; waiting for the rest would be waiting for a broker that is gone.
    private void disconnect() {
        Producer<String, byte[]> sending = producer;
        producer = null;
        if (sending != null) {
            sending.close(Duration.ZERO);
        }
    }

    private void send(Producer<String, byte[]> producer, List<Spooled> entries) {
        Map<Spooled, Future<RecordMetadata>> sent = new IdentityHashMap<>();
        for (Spooled entry : entries) {
            Future<RecordMetadata> future = send(producer, entry);
            if (future != null && future.isDone()) {
                // Refused before it left: without this, each record of the batch would wait for the broker in turn.
                acknowledged(entry, future);
            } else if (future != null) {
                sent.put(entry, future);
            }
        }
        sent.forEach(this::acknowledged);
    }

    /// Null for what is no record: another version's, or somebody else's bytes with a valid checksum.
    private Future<RecordMetadata> send(Producer<String, byte[]> producer, Spooled entry) {
        try {
            return producer.send(RecordBytes.read(entry.bytes()));
        } catch (UncheckedIOException e) {
            dropped.accept(entry.rows());
            Log.errorf(e, "A block of %d predictions on disk is unreadable and is dropped", entry.rows());
            return null;
        }
    }

    private void acknowledged(Spooled entry, Future<RecordMetadata> future) {
        try {
            future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while predictions were sent", e);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RecordTooLargeException)) {
                throw new KafkaException(e.getCause().getMessage(), e.getCause());
            }
            dropped.accept(entry.rows());
            Log.warnf(
                    "A block of %d predictions is too large for Kafka and is dropped: %s",
                    entry.rows(), e.getCause().getMessage());
        }
    }

    private void reached() {
        if (!reachable) {
            reachable = true;
            Log.infof("Kafka takes predictions; %d wait", spool.pending());
        }
    }
}
