package dev.orrery.kit.consumer;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Event;
import java.util.function.BiConsumer;

/// What is read, by whom, and what is done with it.
///
/// @param name    of the consumer group where instances share the topic, else only of the thread
/// @param shared  whether the instances of a service share the topic, or each reads all of it at every start
/// @param vital   whether the service is of no use while the topic cannot be read
/// @param type    the kind of event that is handled; others on the topic are passed over
/// @param handler deals with one event, and the bytes that it came as; the same one may come again
record Subscription<E extends Event>(
        String name, Topic topic, boolean shared, boolean vital, Class<E> type, BiConsumer<E, byte[]> handler) {}
