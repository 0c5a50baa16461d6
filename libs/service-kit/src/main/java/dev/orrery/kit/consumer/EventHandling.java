package dev.orrery.kit.consumer;

import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.UnreadableEvent;
import dev.orrery.kit.kafka.KafkaClients;
import io.quarkus.logging.Log;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// What becomes of one record: it is dealt with, waits, or is dead-lettered.
final class EventHandling<E extends Event> {

    private static final int ATTEMPTS = 5;

    private final Subscription<E> subscription;
    private final KafkaClients clients;
    private final Neighbours neighbours;
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
        if (record.value() == null) {
            // A tombstone: nothing is said of the key any more.
            return Optional.empty();
        }
        Event event;
        try {
            event = EventCodec.decode(record);
        } catch (UnreadableEvent e) {
            return setAside(record, e);
        }
        if (!subscription.type().isInstance(event)) {
            return Optional.empty();
        }
        try {
            subscription.handler().accept(subscription.type().cast(event));
            failed = null;
            return Optional.empty();
        } catch (RuntimeException e) {
            return failure(record, e);
        }
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
