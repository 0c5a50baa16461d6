package dev.orrery.validation.loop;

import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// One thread that polls one topic for one kind of work.
///
/// SmallRye's connector would poll and commit by itself, but these works keep their positions elsewhere: in the
/// metadata of an offset that a transaction commits, or in the database beside what the offset stands for. So
/// they need the consumer itself.
final class RecordLoop implements ConsumerRebalanceListener {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final long LONGEST_PAUSE_SECONDS = 10;

    private final String name;
    private final String topic;
    private final Map<String, Object> settings;
    private final Work work;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile KafkaConsumer<String, byte[]> consumer;
    private volatile boolean polling;
    private long failures;

    RecordLoop(String name, String topic, Map<String, Object> settings, Work work) {
        this.name = name;
        this.topic = topic;
        this.settings = settings;
        this.work = work;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Ends the loop between two polls and waits for that.
    void stop() {
        stopping.countDown();
        KafkaConsumer<String, byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        try {
            thread.join(STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String name() {
        return name;
    }

    /// Whether the thread is there.
    boolean isAlive() {
        return thread.isAlive();
    }

    /// Whether the last poll and the work on it went well.
    boolean isPolling() {
        return polling;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        work.assigned(consumer, partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        work.lost(partitions);
    }

    private void run() {
        while (isRunning()) {
            try (var fresh = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
                consumer = fresh;
                fresh.subscribe(List.of(topic), this);
                poll(fresh);
            } catch (WakeupException e) {
                Log.debugf("%s is woken up to stop", name);
            } catch (RuntimeException e) {
                Log.warnf(e, "%s failed and begins anew from what is durable", name);
                failures++;
            } finally {
                polling = false;
                work.reset();
            }
            pause();
        }
    }

    private void poll(KafkaConsumer<String, byte[]> consumer) {
        while (isRunning()) {
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                work.handle(consumer, records);
                failures = 0;
            }
            polling = true;
        }
    }

    private boolean isRunning() {
        return stopping.getCount() > 0;
    }

    private void pause() {
        try {
            if (stopping.await(Math.min(failures, LONGEST_PAUSE_SECONDS), TimeUnit.SECONDS)) {
                Log.debugf("%s has stopped", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }
}
