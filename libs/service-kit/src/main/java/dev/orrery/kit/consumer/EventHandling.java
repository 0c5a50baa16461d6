package dev.orrery.kit.consumer;

import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.NotUnderstood;
import dev.orrery.contracts.event.UnreadableEvent;
import dev.orrery.kit.kafka.KafkaClients;
import io.quarkus.logging.Log;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// What becomes of one record: it is dealt with, waits, or is dead-lettered.
final class EventHandling<E extends Event> {

    private static final int ATTEMPTS = 5;

    private final Subscription<E> subscription;
    private final KafkaClients clients;
    private final Neighbours neighbours;
    /// Keys whose newest event needs a newer version of the service, and why.
    private final Map<String, String> notUnderstood = new ConcurrentHashMap<>();
    private String failed;
    private int attempts;

    EventHandling(Subscription<E> subscription, KafkaClients clients, Neighbours neighbours) {
        this.subscription = subscription;
        this.clients = clients;
        this.neighbours = neighbours;
    }

    /// Deals with a record.
    ///
    /// @return why it has to be tried again; empty when it is done
    Optional<String> handle(ConsumerRecord<String, byte[]> record) {
        if (!subscription.shared()) {
            notUnderstood.remove(String.valueOf(record.key()));
        }
        if (record.value() == null) {
            // A tombstone: nothing is said of the key any more.
            return Optional.empty();
        }
        Event event;
        try {
            event = EventCodec.decode(record);
        } catch (NotUnderstood e) {
            return subscription.shared() ? setAside(record, e) : leave(record, e);
        } catch (UnreadableEvent e) {
            return setAside(record, e);
        }
        if (!subscription.type().isInstance(event)) {
            return Optional.empty();
        }
        try {
            subscription.handler().accept(subscription.type().cast(event), record.value());
            failed = null;
            return Optional.empty();
        } catch (RuntimeException e) {
            return failure(record, e);
        }
    }

    /// Why the newest event of a key could not be understood; empty when it could.
    Optional<String> notUnderstood(String key) {
        return Optional.ofNullable(notUnderstood.get(key));
    }

    Map<String, String> notUnderstood() {
        return Map.copyOf(notUnderstood);
    }

    /// It stays on its topic, which is read again when the service is replaced by a newer one.
    private Optional<String> leave(ConsumerRecord<String, byte[]> record, NotUnderstood e) {
        Log.warnf("%s leaves what it is told of %s: %s", subscription.name(), record.key(), e.getMessage());
        notUnderstood.put(String.valueOf(record.key()), e.getMessage());
        return Optional.empty();
    }

    private Optional<String> failure(ConsumerRecord<String, byte[]> record, RuntimeException e) {
        Optional<String> away = neighbours.away();
        if (away.isPresent()) {
            return away;
        }
        String place = new TopicPartition(record.topic(), record.partition()) + "@" + record.offset();
        attempts = Objects.equals(place, failed) ? attempts + 1 : 1;
        failed = place;
        if (attempts < ATTEMPTS) {
            return Optional.of("an event could not be dealt with: " + e);
        }
        return setAside(record, e);
    }

    private Optional<String> setAside(ConsumerRecord<String, byte[]> record, RuntimeException e) {
        Log.errorf(
                e,
                "%s sets a record aside, offset %d of partition %d",
                subscription.name(),
                record.offset(),
                record.partition());
        try {
            clients.publish(DeadLetters.of(record, String.valueOf(e.getMessage())));
            return Optional.empty();
        } catch (RuntimeException unreachable) {
            return Optional.of(unreachable.getMessage());
        }
    }
}
