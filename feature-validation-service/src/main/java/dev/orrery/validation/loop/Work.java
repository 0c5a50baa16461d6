package dev.orrery.validation.loop;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/// What is done with a topic's records. Everything is called from one thread. Whatever it throws makes the loop
/// begin anew from what is durable, so no method needs to undo anything.
public interface Work {

    /// Partitions are ours now. The work seeks to where it stands.
    default void assigned(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions) {}

    /// Partitions are another's now; what is held of them in memory is void.
    default void lost(Collection<TopicPartition> partitions) {}

    /// Deals with what has been polled, to the last record. There may be no record at all, only a place to go on from.
    void handle(Consumer<String, byte[]> consumer, List<Polled> polled);

    /// Makes durable all that was handled. Most works have done so when `handle` returns.
    default void settle() {}

    /// The offset at which the partition would be read again, were the process to end now.
    default long durable(Polled polled) {
        return polled.first();
    }

    /// The loop ends or begins anew: everything in memory is void.
    default void reset() {}
}
