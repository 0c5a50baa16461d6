package dev.orrery.validation.staging;

import dev.orrery.contracts.event.Row;
import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.contracts.event.RowsReader;
import dev.orrery.lake.StagedRows;
import io.quarkus.logging.Log;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The files being written for one partition, one per batch, and what they hold that is not recorded yet.
final class OpenPartition {

    private static final int MOST_BATCHES = 3;
    private static final int MOST_ROWS = 100_000;
    private static final int MOST_BYTES = 32 << 20;
    private static final int MOST_REMEMBERED = 1000;

    /// A row that does not fit the table, and why.
    record Misfit(Row row, String why) {}

    private record OpenFile(RowsHeader header, long offset, StagedRows rows) {}

    private final Ledger.Claim claim;
    private final Map<String, OpenFile> files = new HashMap<>();
    private final Map<String, Long> lastRows = new HashMap<>();
    private long recorded;
    private long handled;
    private long unrecorded;

    OpenPartition(Ledger.Claim claim) {
        this.claim = claim;
        this.recorded = claim.nextOffset();
        this.handled = claim.nextOffset();
    }

    /// From here on the partition would be read again.
    long recorded() {
        return recorded;
    }

    /// Up to here everything is in the files, or needs not to be.
    long handled() {
        return handled;
    }

    void handledTo(long offset) {
        handled = offset;
    }

    /// All that was handled up to an offset is recorded.
    void recordedTo(long offset) {
        recorded = offset;
        handled = offset;
    }

    Ledger.Claim claim() {
        return claim;
    }

    /// Adds the rows of a block that are no repeats.
    ///
    /// @param offset   where they lie
    /// @param recorded how far the batch is recorded, asked once
    /// @param file     begins a new file, when one is needed
    /// @return the rows that do not fit the table
    /// @throws IllegalArgumentException when the block is damaged; the rows before that are added
    List<Misfit> add(RowsReader block, long offset, Supplier<Long> recorded, Supplier<StagedRows> file) {
        String batch = block.header().batch();
        long last = lastRows.computeIfAbsent(batch, _ -> recorded.get());
        List<Misfit> misfits = new ArrayList<>();
        StagedRows rows = null;
        while (block.next()) {
            unrecorded++;
            if (block.number() <= last) {
                continue;
            }
            rows = rows == null ? fileOf(block.header(), offset, file) : rows;
            try {
                rows.add(batch, block.number(), block.cells());
                lastRows.put(batch, block.number());
            } catch (IllegalArgumentException e) {
                misfits.add(new Misfit(block.row(), e.getMessage()));
            }
        }
        return misfits;
    }

    private StagedRows fileOf(RowsHeader header, long offset, Supplier<StagedRows> file) {
        StagedRows rows = files.computeIfAbsent(header.batch(), _ -> new OpenFile(header, offset, file.get()))
                .rows();
        rows.under(header.columns());
        return rows;
    }

    /// Whether what is held is better recorded now: memory and the work to be repeated after a crash are
    /// bounded.
    boolean isFull() {
        return unrecorded >= MOST_ROWS || files.size() > MOST_BATCHES || bytes() > MOST_BYTES;
    }

    /// What the open files take of the heap.
    long memory() {
        return files.values().stream().mapToLong(file -> file.rows().memory()).sum();
    }

    private long bytes() {
        return files.values().stream().mapToLong(file -> file.rows().bytes()).sum();
    }

    /// Closes all files. They wait to be recorded.
    List<Ledger.Entry> finish() {
        List<Ledger.Entry> entries = new ArrayList<>();
        for (OpenFile file : files.values()) {
            if (file.rows().rows() == 0) {
                file.rows().discard();
                continue;
            }
            RowsHeader header = file.header();
            entries.add(new Ledger.Entry(
                    header.dataset(),
                    header.batch(),
                    header.schemaVersion(),
                    lastRows.get(header.batch()),
                    file.offset(),
                    file.rows().finish()));
        }
        files.clear();
        unrecorded = 0;
        if (lastRows.size() > MOST_REMEMBERED) {
            lastRows.clear();
        }
        return entries;
    }

    /// Takes no more rows of a batch.
    void passBy(String batch) {
        lastRows.put(batch, Long.MAX_VALUE);
    }

    /// Forgets a batch that has ended, so that the ledger is asked should a row of it come again.
    void forget(String batch) {
        lastRows.remove(batch);
    }

    /// Removes what is not recorded; whoever reads the partition next reads it again. What cannot be removed now is an
    /// orphan, and removed when the partition is taken up.
    void discard() {
        for (OpenFile file : files.values()) {
            try {
                file.rows().discard();
            } catch (RuntimeException e) {
                Log.debugf(e, "A file of partition %d is left behind", claim.partition());
            }
        }
        files.clear();
    }
}
