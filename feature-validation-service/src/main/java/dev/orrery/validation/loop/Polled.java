package dev.orrery.validation.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// What was polled of one partition, in its order.
///
/// @param first the offset from which on it is all that there is
/// @param next  the offset after it, where the partition is read on
public record Polled(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records, long first, long next) {

    /// One batch's share of what was polled.
    ///
    /// @param batch as the record says, or null when it cannot be seen
    record Share(String batch, Polled polled) {}

    /// The same place without the records that are not wanted.
    Polled only(Predicate<ConsumerRecord<String, byte[]>> wanted) {
        return new Polled(partition, records.stream().filter(wanted).toList(), first, next);
    }

    /// The same without any record: a place to go on from.
    Polled nothing() {
        return new Polled(partition, List.of(), first, next);
    }

    /// What belongs to one batch without a break, in order.
    List<Share> shares() {
        List<Share> shares = new ArrayList<>();
        long from = first;
        int begin = 0;
        String batch = records.isEmpty() ? null : BatchOf.record(records.getFirst());
        for (int i = 1; i <= records.size(); i++) {
            String following = i < records.size() ? BatchOf.record(records.get(i)) : null;
            if (i == records.size() || !Objects.equals(batch, following)) {
                long to = i == records.size() ? next : records.get(i).offset();
                shares.add(new Share(batch, new Polled(partition, records.subList(begin, i), from, to)));
                from = to;
                begin = i;
                batch = following;
            }
        }
        return shares;
    }
}
