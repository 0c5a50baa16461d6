package dev.orrery.monitoring.prediction;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Blocks of one instance that lie near one another in a partition of the predictions' topic, and the first and the
/// last sequence that they hold. Blocks of others may lie between them, and a sequence between the two may lie
/// elsewhere.
@Entity
@Table(name = "block_runs")
class BlockRun extends PanacheEntityBase {

    private static final String KEEP = """
            INSERT INTO block_runs
                (instance, partition, first_offset, last_offset, first_sequence, last_sequence, indexed_at)
            VALUES (:instance, :partition, :firstOffset, :lastOffset, :firstSequence, :lastSequence, :now)
            ON CONFLICT (instance, partition, first_offset) DO UPDATE
            SET last_offset = excluded.last_offset, first_sequence = excluded.first_sequence,
                last_sequence = excluded.last_sequence, indexed_at = excluded.indexed_at
            """;

    @Embeddable
    record Key(String instance, int partition, long firstOffset) {}

    /// The sequences that are known of an instance.
    record Span(Long first, Long last) {}

    @EmbeddedId
    Key key;

    long lastOffset;
    long firstSequence;
    long lastSequence;
    Instant indexedAt;

    /// Those that may hold a sequence, in the order of the topic.
    static List<BlockRun> around(String instance, long sequence) {
        return list(
                "key.instance = ?1 and firstSequence <= ?2 and lastSequence >= ?2 order by key.partition, key.firstOffset",
                instance,
                sequence);
    }

    /// From the first sequence of an instance that is known to the last; empty where it is not known at all.
    static Optional<Span> span(String instance) {
        Span span = find("select min(firstSequence), max(lastSequence) from BlockRun where key.instance = ?1", instance)
                .project(Span.class)
                .firstResult();
        return Optional.ofNullable(span).filter(known -> known.first() != null);
    }

    /// Writes a run as it is now, as part of a transaction.
    static void keep(OpenRun run, Instant now) {
        getEntityManager()
                .createNativeQuery(KEEP)
                .setParameter("instance", run.instance())
                .setParameter("partition", run.partition())
                .setParameter("firstOffset", run.firstOffset())
                .setParameter("lastOffset", run.lastOffset())
                .setParameter("firstSequence", run.firstSequence())
                .setParameter("lastSequence", run.lastSequence())
                .setParameter("now", now)
                .executeUpdate();
    }
}
