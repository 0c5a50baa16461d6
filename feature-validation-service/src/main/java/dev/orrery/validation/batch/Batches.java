package dev.orrery.validation.batch;

import dev.orrery.kit.problem.NotFound;
import dev.orrery.validation.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Batches from their first row to their decision.
@ApplicationScoped
public class Batches {

    /// How far a batch has come in one partition of the ingested topic, up to an offset.
    ///
    /// @param firstOffset its records do not lie below; of the first step it is kept
    public record Progress(
            String batch,
            int partition,
            long firstOffset,
            long nextOffset,
            long received,
            long validated,
            long rejected) {}

    /// The end of a batch in one partition of the validated topic.
    ///
    /// @param partitions how many partitions there are
    /// @param position   the offset after the end
    public record End(
            String dataset,
            String batch,
            int schemaVersion,
            int partition,
            int partitions,
            long position,
            long received,
            long validated,
            long rejected,
            long batchRows) {}

    private record Position(int partition, long offset) {}

    private record Sums(long rows, long received, long validated, long rejected) {}

    private final Database database;
    private final Clock clock;

    Batches(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Fixes the schema of a batch when its first row shows up: the one that the row was taken in under. From then on
    /// it is that one, for every row and every instance.
    ///
    /// @return nothing when the dataset has no such schema
    @Transactional
    public Optional<PinnedSchema> pin(String batch, String dataset, int schemaVersion) {
        // A schema that changes looks whether rows were judged: it waits until this is settled, or this for it.
        database.lock(dataset);
        database.update("""
                insert into batch as b (id, dataset, schema_version, state, first_seen_at)
                select ?1, dataset, version, 'VALIDATING', cast(?4 as timestamptz) from schema_version
                where dataset = ?2 and version = ?3
                on conflict (id) do update set schema_version = excluded.schema_version
                where b.schema_version = 0 and b.dataset = excluded.dataset""", batch, dataset, schemaVersion, clock.instant());
        return pinned(batch);
    }

    /// The schema of a batch, once one of its rows has fixed it.
    @Transactional
    public Optional<PinnedSchema> pinned(String batch) {
        return Batch.known(batch)
                .filter(found -> found.schemaVersion > 0)
                .map(found -> new PinnedSchema(found.dataset, found.schemaVersion));
    }

    /// Notes how far batches have come. It tells people; nothing is decided by it.
    @Transactional
    public void progress(List<Progress> steps) {
        for (Progress step : steps) {
            database.update(
                    """
                    insert into batch_progress
                        (batch, partition, first_offset, next_offset, received, validated, rejected)
                    values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                    on conflict (batch, partition) do update set next_offset = excluded.next_offset,
                        received = excluded.received, validated = excluded.validated, rejected = excluded.rejected
                    where batch_progress.next_offset < excluded.next_offset""",
                    step.batch(),
                    step.partition(),
                    step.firstOffset(),
                    step.nextOffset(),
                    step.received(),
                    step.validated(),
                    step.rejected());
        }
    }

    /// Notes that a batch exists, unless that is known.
    @Transactional(TxType.MANDATORY)
    public void note(String batch, String dataset, int schemaVersion) {
        database.update("""
                insert into batch as b (id, dataset, schema_version, state, first_seen_at)
                values (?1, ?2, ?3, 'VALIDATING', ?4)
                on conflict (id) do update set schema_version = excluded.schema_version
                where b.schema_version = 0 and excluded.schema_version > 0 and b.dataset = excluded.dataset""", batch, dataset, schemaVersion, clock.instant());
    }

    /// Notes the end of a batch in a partition, once, in the transaction that records the rows before it.
    @Transactional(TxType.MANDATORY)
    public void end(End end) {
        note(end.batch(), end.dataset(), end.schemaVersion());
        database.update(
                """
                insert into batch_end
                    (batch, partition, partitions, position, received, validated, rejected, batch_rows)
                values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) on conflict do nothing""",
                end.batch(),
                end.partition(),
                end.partitions(),
                end.position(),
                end.received(),
                end.validated(),
                end.rejected(),
                end.batchRows());
    }

    /// Batches that can be decided, oldest first: their ends have been seen in all partitions, and all of their
    /// rejected rows are kept.
    @Transactional
    public List<String> complete() {
        return database.select(String.class, """
                select b.id from batch b join batch_end e on e.batch = b.id
                where b.state = 'VALIDATING'
                group by b.id, b.first_seen_at
                having count(*) = max(e.partitions) and sum(e.rejected)
                    <= coalesce((select sum(kept) from rejection_count k where k.batch = b.id), 0)
                order by b.first_seen_at""");
    }

    /// What became of the rows of a batch that has ended everywhere.
    @Transactional
    public Counts counts(String batch) {
        Sums sums = sums("batch_end", "max(batch_rows)", batch);
        return new Counts(sums.rows(), sums.received(), sums.validated(), sums.rejected());
    }

    /// The offset after the batch's end, by partition.
    @Transactional
    public Map<Integer, Long> positions(String batch) {
        Map<Integer, Long> positions = new TreeMap<>();
        database.select(Position.class, "select partition, position from batch_end where batch = ?1", batch)
                .forEach(position -> positions.put(position.partition(), position.offset()));
        return positions;
    }

    /// The state of a batch, in figures.
    ///
    /// @throws NotFound when no row of it has arrived yet
    @Transactional
    Report report(String id) {
        Batch batch = Batch.known(id)
                .orElseThrow(() -> new NotFound(
                        "No row of batch '%s' has arrived here; data-ingest-service says whether it was published."
                                .formatted(id)));
        if (batch.hasVerdict()) {
            return Report.decided(batch, reasons(id));
        }
        Long rows = sums("batch_end", "max(batch_rows)", id).rows();
        Sums sofar = sums("batch_progress", "0", id);
        return Report.soFar(
                batch, rows == 0 ? null : rows, sofar.received(), sofar.validated(), sofar.rejected(), reasons(id));
    }

    /// How many rows of a batch have been judged so far.
    @Transactional
    long judged(String batch) {
        return sums("batch_progress", "0", batch).received();
    }

    private List<Report.Reason> reasons(String batch) {
        return database.select(Report.Reason.class, """
                select column_name, check_name, occurrences from rejection_reason
                where batch = ?1 order by occurrences desc, column_name, check_name""", batch);
    }

    private Sums sums(String table, String rows, String batch) {
        return database.select(Sums.class, """
                select cast(coalesce(%s, 0) as bigint), cast(coalesce(sum(received), 0) as bigint),
                    cast(coalesce(sum(validated), 0) as bigint), cast(coalesce(sum(rejected), 0) as bigint)
                from %s where batch = ?1""".formatted(rows, table), batch).getFirst();
    }
}
