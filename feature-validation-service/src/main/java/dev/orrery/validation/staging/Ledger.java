package dev.orrery.validation.staging;

import dev.orrery.lake.StagedFile;
import dev.orrery.validation.Database;
import dev.orrery.validation.batch.Batches;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which data files are staged, recorded in one transaction with the offset up to which they hold everything.
@ApplicationScoped
public class Ledger {

    /// The right to record files of a partition, until somebody else claims it.
    ///
    /// @param nextOffset what lies below is recorded
    record Claim(int partition, long epoch, long nextOffset) {}

    /// A file to be recorded.
    ///
    /// @param lastRow     the highest row number in it
    /// @param firstOffset where its first row lies
    record Entry(String dataset, String batch, int schemaVersion, long lastRow, long firstOffset, StagedFile file) {}

    private final Database database;
    private final Batches batches;

    Ledger(Database database, Batches batches) {
        this.database = database;
        this.batches = batches;
    }

    /// Takes a partition over. Whoever had it before can record nothing from now on.
    @Transactional
    Claim claim(int partition) {
        database.update("""
                insert into staging_position (partition, next_offset, epoch) values (?1, 0, 1)
                on conflict (partition) do update set epoch = staging_position.epoch + 1""", partition);
        return database.select(
                        Claim.class,
                        "select partition, epoch, next_offset from staging_position where partition = ?1",
                        partition)
                .getFirst();
    }

    /// Records files, the end of a batch if one has come, and the offset after them.
    ///
    /// @throws IllegalStateException when somebody else has claimed the partition; nothing is recorded then
    @Transactional
    void record(Claim claim, long nextOffset, List<Entry> entries, Optional<Batches.End> end) {
        int moved = database.update(
                "update staging_position set next_offset = ?1 where partition = ?2 and epoch = ?3",
                nextOffset,
                claim.partition(),
                claim.epoch());
        if (moved == 0) {
            throw new IllegalStateException(
                    "partition %d has been taken over by another instance".formatted(claim.partition()));
        }
        for (Entry entry : entries) {
            batches.note(entry.batch(), entry.dataset(), entry.schemaVersion());
            database.update(
                    """
                    insert into staged_file
                        (path, batch, partition, row_count, bytes, last_row, first_offset, next_offset)
                    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)""",
                    entry.file().path(),
                    entry.batch(),
                    claim.partition(),
                    entry.file().rows(),
                    entry.file().bytes(),
                    entry.lastRow(),
                    entry.firstOffset(),
                    nextOffset);
        }
        end.ifPresent(batches::end);
    }

    /// The highest row of a batch that is recorded in a partition; beyond any row once the batch has ended
    /// there.
    @Transactional
    long lastRow(String batch, int partition) {
        return database.select(Long.class, """
                        select cast(case
                            when exists (select 1 from batch_end where batch = ?1 and partition = ?2)
                                then 9223372036854775807
                            else coalesce((select max(last_row) from staged_file
                                where batch = ?1 and partition = ?2), 0) end as bigint)""", batch, partition).getFirst();
    }

    /// The paths of all recorded files of a partition.
    @Transactional
    Set<String> recorded(int partition) {
        return Set.copyOf(
                database.select(String.class, "select path from staged_file where partition = ?1", partition));
    }

    /// Forgets the files of a batch, which are gone.
    @Transactional
    public void forget(String batch) {
        database.update("delete from staged_file where batch = ?1", batch);
    }

    /// All files of a batch.
    @Transactional
    public List<StagedFile> files(String batch) {
        return database.select(
                StagedFile.class,
                "select path, row_count, bytes from staged_file where batch = ?1 order by path",
                batch);
    }
}
