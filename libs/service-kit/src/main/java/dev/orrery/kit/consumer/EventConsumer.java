package dev.orrery.kit.consumer;

import dev.orrery.contracts.event.Event;
import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.kit.loop.BackOff;
import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.WakeupException;

/// One thread that reads one topic. [Consumers] says how it behaves.
public final class EventConsumer<E extends Event> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(10);

    private final Subscription<E> subscription;
    private final KafkaClients clients;
    private final BiConsumer<String, Throwable> onEnd;
    private final EventHandling<E> handling;
    private final BackOff backOff = new BackOff();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile TopicReader reader;
    private volatile boolean caughtUp;
    private volatile String failure;
    private boolean recordWaits;

    EventConsumer(
            Subscription<E> subscription,
            KafkaClients clients,
            Neighbours neighbours,
            BiConsumer<String, Throwable> onEnd) {
        this.subscription = subscription;
        this.clients = clients;
        this.onEnd = onEnd;
        this.handling = new EventHandling<>(subscription, clients, neighbours);
        this.thread = Thread.ofPlatform().name(subscription.name()).daemon().unstarted(this::run);
    }

    /// Whether it has read the topic to where its end was when it started, now or before.
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /// Whether its last attempt failed: it has tried, and something keeps it from getting on.
    public boolean isHeldUp() {
        return failure != null;
    }

    /// Why it does not get on; empty when it does.
    public Optional<String> waitsFor() {
        if (failure != null) {
            return Optional.of(failure);
        }
        TopicReader current = reader;
        if (current == null || !current.isConnected()) {
            return Optional.of("the broker is away");
        }
        return caughtUp
                ? Optional.empty()
                : Optional.of("still reading " + subscription.topic().title());
    }

    /// Why the newest event of a key could not be understood: only a newer version of the service can. Empty when it
    /// could.
    public Optional<String> notUnderstood(String key) {
        return handling.notUnderstood(key);
    }

    Map<String, String> notUnderstood() {
        return handling.notUnderstood();
    }

    boolean isStopping() {
        return !isRunning();
    }

    String name() {
        return subscription.name();
    }

    boolean isVital() {
        return subscription.vital();
    }

    EventConsumer<E> start() {
        thread.start();
        return this;
    }

    void askToStop() {
        stopping.countDown();
        TopicReader current = reader;
        if (current != null) {
            current.wakeUp();
        }
    }

    /// Lets the event under way end, and reads no more.
    @Override
    public void close() {
        askToStop();
        try {
            thread.join(PATIENCE_AT_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
            onEnd.accept(subscription.name(), e);
        }
    }

    /// Reads with one client until that fails or the service stops.
    private void read() throws InterruptedException {
        try (TopicReader fresh = TopicReader.open(subscription, clients)) {
            reader = fresh;
            while (isRunning()) {
                handle(fresh, fresh.poll(POLL));
                caughtUp = caughtUp || fresh.isAtEnd();
            }
        } catch (WakeupException _) {
            Log.debugf("%s is woken up to stop", subscription.name());
        } catch (RuntimeException e) {
            tell(e.getMessage(), e);
        } finally {
            reader = null;
        }
    }

    private void handle(TopicReader reader, ConsumerRecords<String, byte[]> records) throws InterruptedException {
        for (ConsumerRecord<String, byte[]> record : records) {
            if (!isRunning()) {
                return;
            }
            Optional<String> obstacle = handling.handle(record);
            recordWaits = obstacle.isPresent();
            if (recordWaits) {
                reader.rewind(records);
                tell(obstacle.get(), null);
                pause();
                return;
            }
            reader.done(record);
        }
        reader.commit();
        if (!recordWaits && reader.isConnected()) {
            goOn();
        }
    }

    private void goOn() {
        if (failure != null) {
            Log.infof("%s goes on", subscription.name());
        }
        failure = null;
        backOff.reset();
    }

    private void tell(String reason, Throwable cause) {
        if (failure == null && isRunning()) {
            Log.warnf(cause, "%s waits: %s", subscription.name(), reason);
        }
        failure = String.valueOf(reason);
    }

    private boolean isRunning() {
        return stopping.getCount() > 0;
    }

    private void pause() throws InterruptedException {
        if (failure != null && stopping.await(backOff.next().toMillis(), TimeUnit.MILLISECONDS)) {
            Log.debugf("%s stops", subscription.name());
        }
    }
}
