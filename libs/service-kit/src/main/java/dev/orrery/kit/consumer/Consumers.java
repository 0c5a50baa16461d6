package dev.orrery.kit.consumer;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Event;
import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.kit.loop.ProcessEnd;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// How a service hears of events, with one policy for all that can go wrong:
///
/// - What cannot be read is dead-lettered at once.
/// - What only a newer version of the service understands stays on a topic that is replayed at every start, and whoever
///   asks for what it is about is told so.
/// - What cannot be dealt with while a [Neighbour] is away waits, in order, until it is back; the service is not ready
///   meanwhile.
/// - What cannot be dealt with although all neighbours are there is tried five times, then dead-lettered with the
///   reason.
/// - An [Error] ends the process.
///
/// Handlers are called one event after the other, each partition in its order. They are plain Kafka clients and not
/// channels of a messaging framework, whose failure strategies know none of this.
@Singleton
public class Consumers {

    private final KafkaClients clients;
    private final Neighbours neighbours;
    private final ProcessEnd end;
    private final String service;
    private final List<EventConsumer<?>> consumers = new CopyOnWriteArrayList<>();

    Consumers(
            KafkaClients clients,
            Neighbours neighbours,
            ProcessEnd end,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.clients = clients;
        this.neighbours = neighbours;
        this.end = end;
        this.service = service;
    }

    /// Each instance reads the whole topic at every start, and what comes later: state that a lost database fills up
    /// from again. The service is ready when it has read to where the end was at its start.
    public <E extends Event> EventConsumer<E> replay(Topic topic, Class<E> type, Consumer<E> handler) {
        return replay(topic, type, (event, _) -> handler.accept(event));
    }

    /// The same for who keeps an event as it came, with what a newer version of the service will understand of it.
    ///
    /// @param handler is given the event and the bytes that it came as
    public <E extends Event> EventConsumer<E> replay(Topic topic, Class<E> type, BiConsumer<E, byte[]> handler) {
        return start(new Subscription<>(service + "." + topic.title(), topic, false, true, type, handler));
    }

    /// The same for a service that is of use without it: its readiness does not depend on the broker.
    public <E extends Event> EventConsumer<E> replayIfReachable(Topic topic, Class<E> type, Consumer<E> handler) {
        return start(new Subscription<>(
                service + "." + topic.title(), topic, false, false, type, (event, _) -> handler.accept(event)));
    }

    /// The instances of a service share the topic: each event is handled by one of them, and again after a crash.
    ///
    /// @param group names the position that they share; it is prefixed with the service's name
    public <E extends Event> EventConsumer<E> share(String group, Topic topic, Class<E> type, Consumer<E> handler) {
        return start(new Subscription<>(
                service + "." + group, topic, true, true, type, (event, _) -> handler.accept(event)));
    }

    /// Those that have not been stopped.
    List<EventConsumer<?>> all() {
        consumers.removeIf(EventConsumer::isStopping);
        return consumers;
    }

    void stop(@Observes ShutdownEvent event) {
        consumers.forEach(EventConsumer::askToStop);
        consumers.forEach(EventConsumer::close);
    }

    private <E extends Event> EventConsumer<E> start(Subscription<E> subscription) {
        var consumer = new EventConsumer<>(subscription, clients, neighbours, end::because);
        consumers.add(consumer);
        return consumer.start();
    }
}
