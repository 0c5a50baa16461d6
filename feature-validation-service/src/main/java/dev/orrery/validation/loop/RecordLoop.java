package dev.orrery.validation.loop;

import dev.orrery.kit.loop.BackOff;
import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// One thread that polls one topic for one kind of work. These works keep their positions elsewhere than a plain
/// consumer does: in the metadata of an offset that a transaction commits, or in the database beside what the offset
/// stands for. So they need the Kafka client itself.
///
/// It survives every exception, of the work and of what cleans up after it. An [Error] it does not survive, and says
/// so.
final class RecordLoop implements ConsumerRebalanceListener {

    private static final Duration STOP = Duration.ofSeconds(20);

    private final String name;
    private final String topic;
    private final Map<String, Object> settings;
    private final Gathering gathering;
    private final Work work;
    private final Trials trials;
    private final BiConsumer<String, Throwable> onEnd;
    private final BackOff backOff = new BackOff();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile KafkaConsumer<String, byte[]> consumer;
    private volatile boolean joined;
    private volatile boolean atEnd;
    private volatile String failure;

    /// @param mostBytes how much to deal with at a time
    /// @param onEnd     is given the loop's name and the error that ended it
    RecordLoop(
            String name,
            String topic,
            Map<String, Object> settings,
            int mostBytes,
            Work work,
            Trials trials,
            BiConsumer<String, Throwable> onEnd) {
        this.name = name;
        this.topic = topic;
        this.settings = settings;
        this.gathering = new Gathering(mostBytes);
        this.work = work;
        this.trials = trials;
        this.onEnd = onEnd;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    RecordLoop start() {
        thread.start();
        return this;
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

    Work work() {
        return work;
    }

    /// Whether it has dealt with all that there was.
    boolean isAtEnd() {
        return atEnd;
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /// Why it does not get on; empty when it does.
    Optional<String> waitsFor() {
        if (failure != null) {
            return Optional.of(failure);
        }
        return joined ? Optional.empty() : Optional.of("has no part in " + topic + " yet");
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        work.assigned(consumer, partitions);
        gathering.assigned(consumer, partitions);
        joined = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        gathering.lost(partitions);
        work.lost(partitions);
        trials.survived(partitions);
    }

    private void run() {
        try {
            while (isRunning()) {
                read();
                pause();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            failure = e.toString();
            onEnd.accept(name, e);
        }
    }

    /// Reads with one client until that fails or the service stops.
    private void read() {
        try (var fresh = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer = fresh;
            fresh.subscribe(List.of(topic), this);
            while (isRunning()) {
                deal(fresh);
            }
        } catch (WakeupException _) {
            Log.debugf("%s is woken up to stop", name);
        } catch (RuntimeException e) {
            tell(e);
        }
        joined = false;
        gathering.clear();
        // What cannot be let go of is no reason to stop; and a database that is away counts no attempt either.
        quietly(trials::survived);
        quietly(work::reset);
    }

    private void deal(KafkaConsumer<String, byte[]> consumer) {
        List<Polled> polled = gathering.poll(consumer, this::isRunning);
        if (polled.isEmpty()) {
            atEnd = joined && hasReadAll(consumer);
            if (atEnd) {
                goOn();
            }
            return;
        }
        atEnd = false;
        trials.handle(consumer, polled);
        gathering.done(polled);
        goOn();
    }

    private static boolean hasReadAll(KafkaConsumer<String, byte[]> consumer) {
        return consumer.assignment().stream()
                .map(consumer::currentLag)
                .allMatch(lag -> lag.isPresent() && lag.getAsLong() == 0);
    }

    private void goOn() {
        if (failure != null) {
            Log.infof("%s goes on", name);
        }
        failure = null;
        backOff.reset();
    }

    private void tell(RuntimeException e) {
        if (failure == null && isRunning()) {
            Log.warnf(e, "%s failed and begins anew from what is durable", name);
        }
        failure = String.valueOf(e.getMessage());
    }

    private void quietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            Log.debugf(e, "%s could not clean up behind itself", name);
        }
    }

    private boolean isRunning() {
        return stopping.getCount() > 0;
    }

    private void pause() throws InterruptedException {
        if (failure != null && stopping.await(backOff.next().toMillis(), TimeUnit.MILLISECONDS)) {
            Log.debugf("%s stops", name);
        }
    }
}
