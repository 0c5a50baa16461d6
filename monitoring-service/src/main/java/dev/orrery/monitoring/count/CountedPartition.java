package dev.orrery.monitoring.count;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.apache.kafka.common.TopicPartition;

/// How far a partition is counted: written in the transaction that counts it, so that nothing counts twice, whoever
/// reads it.
@Entity
@Table(name = "counted_partitions")
class CountedPartition extends PanacheEntityBase {

    private static final String UNLESS_THERE = """
            INSERT INTO counted_partitions (topic, partition, next_offset) VALUES (:topic, :partition, 0)
            ON CONFLICT DO NOTHING
            """;

    @Embeddable
    record Key(String topic, int partition) {}

    @EmbeddedId
    Key key;

    long nextOffset;

    /// The offset of the first record that is not counted.
    static long next(TopicPartition partition) {
        getEntityManager()
                .createNativeQuery(UNLESS_THERE)
                .setParameter("topic", partition.topic())
                .setParameter("partition", partition.partition())
                .executeUpdate();
        return CountedPartition.<CountedPartition>findById(key(partition)).nextOffset;
    }

    /// Counts up to an offset.
    ///
    /// @throws IllegalStateException when somebody else has counted the partition since
    static void move(TopicPartition partition, long from, long to) {
        if (update("nextOffset = ?1 where key = ?2 and nextOffset = ?3", to, key(partition), from) != 1) {
            throw new IllegalStateException("another instance counts %s".formatted(partition));
        }
    }

    private static Key key(TopicPartition partition) {
        return new Key(partition.topic(), partition.partition());
    }
}
