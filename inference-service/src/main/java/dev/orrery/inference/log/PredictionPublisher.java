package dev.orrery.inference.log;

import dev.orrery.inference.log.Segment.Batch;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
/// It uses Kafka's own client: an emitter's buffer cannot be left on disk, and its channel would need the broker's
/// name to resolve while the service starts.
final class PredictionPublisher {

    private static final int BATCH = 500;
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int TELL_EVERY = 20;
    private static final int LINGER_MILLIS = 5;
    private static final long BUFFER_BYTES = 4L << 20;

    private final Spool spool;
    private final Map<String, Object> config;
    private final IntConsumer dropped;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Producer<String, byte[]> producer;
    private volatile boolean reachable;
    private int failures;

    PredictionPublisher(Spool spool, Map<String, Object> kafka, Duration patience, IntConsumer dropped) {
        this.spool = spool;
        this.dropped = dropped;
        config = new HashMap<>(kafka);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience.toMillis());
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) (patience.toMillis() / 2));
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        thread = Thread.ofPlatform().name("prediction-publisher").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Whether Kafka took the last batch.
    boolean reachable() {
        return reachable;
    }

    /// Delivers what waits, unless Kafka does not take it or the time is up, and ends. The rest stays on disk.
    void stop(Duration patience) throws InterruptedException {
        stopping.countDown();
        if (reachable) {
            thread.join(patience);
        }
        // Not an interrupt: that would close the file which the thread may be reading.
        abort();
        thread.join();
    }

    private void run() {
        try {
            do {
                deliver();
            } while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Delivers batch after batch, until one fails, or the service stops and none is left.
    private void deliver() throws InterruptedException {
        try {
            Producer<String, byte[]> sending = connected();
            Batch batch = spool.peek(BATCH, IDLE);
            while (stopping.getCount() > 0 || !batch.entries().isEmpty()) {
                if (!batch.entries().isEmpty()) {
                    send(sending, batch.entries());
                    spool.confirm(batch);
                    reached();
                }
                batch = spool.peek(BATCH, IDLE);
            }
        } catch (KafkaException | IllegalStateException e) {
            unreachable(e);
        } catch (IOException e) {
            Log.error("Predictions on disk cannot be read", e);
        } finally {
            abort();
        }
    }

    private Producer<String, byte[]> connected() {
        producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        return producer;
    }

    /// What is confirmed was acknowledged; waiting for the rest would be waiting for a broker that is gone.
    private void abort() {
        Producer<String, byte[]> sending = producer;
        if (sending != null) {
            sending.close(Duration.ZERO);
        }
    }

    private void send(Producer<String, byte[]> producer, List<byte[]> entries) throws InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(entries.size());
        for (byte[] entry : entries) {
            Future<RecordMetadata> future = producer.send(RecordBytes.read(entry));
            if (future.isDone()) {
                // Refused before it left: without this, each record of the batch would wait for the broker in turn.
                acknowledged(future);
            } else {
                sent.add(future);
            }
        }
        for (Future<RecordMetadata> future : sent) {
            acknowledged(future);
        }
    }

    private void acknowledged(Future<RecordMetadata> future) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RecordTooLargeException)) {
                throw new KafkaException(e.getCause().getMessage(), e.getCause());
            }
            dropped.accept(1);
            Log.warnf(
                    "A prediction is too large for Kafka and is dropped: %s",
                    e.getCause().getMessage());
        }
    }

    private void reached() {
        if (!reachable) {
            reachable = true;
            failures = 0;
            Log.infof("Kafka takes predictions; %d wait", spool.pending());
        }
    }

    private void unreachable(RuntimeException e) {
        reachable = false;
        if (failures++ % TELL_EVERY == 0) {
            Log.warnf("Kafka takes no predictions, %d wait on disk: %s", spool.pending(), e.getMessage());
        }
    }
}
