package dev.orrery.validation.staging;

import dev.orrery.contracts.event.RowValidated;
import dev.orrery.lake.StagedRows;
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

    private record OpenFile(RowValidated first, StagedRows rows) {}

    private final Ledger.Claim claim;
    private final Map<String, OpenFile> files = new HashMap<>();
    private final Map<String, Long> lastRows = new HashMap<>();
    private long unrecorded;

    OpenPartition(Ledger.Claim claim) {
        this.claim = claim;
    }

    Ledger.Claim claim() {
        return claim;
    }

    /// Adds a row, unless it is a repeat.
    ///
    /// @param recorded how far the batch is recorded, asked once
    /// @param file     begins a new file, when one is needed
    /// @throws IllegalArgumentException when the row does not fit the table
    void add(RowValidated row, Supplier<Long> recorded, Supplier<StagedRows> file) {
        unrecorded++;
        if (row.row() <= lastRows.computeIfAbsent(row.batch(), batch -> recorded.get())) {
            return;
        }
        files.computeIfAbsent(row.batch(), batch -> new OpenFile(row, file.get()))
                .rows()
                .add(row.batch(), row.row(), row.values());
        lastRows.put(row.batch(), row.row());
    }

    /// Whether what is held is better recorded now: memory and the work to be repeated after a crash are
    /// bounded.
    boolean isFull() {
        return unrecorded >= MOST_ROWS
                || files.size() > MOST_BATCHES
                || files.values().stream()
                                .mapToLong(file -> file.rows().bytes())
                                .sum()
                        > MOST_BYTES;
    }

    /// Closes all files. They wait to be recorded.
    List<Ledger.Entry> finish() {
        List<Ledger.Entry> entries = new ArrayList<>();
        for (OpenFile file : files.values()) {
            if (file.rows().rows() == 0) {
                file.rows().discard();
                continue;
            }
            RowValidated first = file.first();
            entries.add(new Ledger.Entry(
                    first.dataset(),
                    first.batch(),
                    first.schemaVersion(),
                    lastRows.get(first.batch()),
                    file.rows().finish()));
        }
        files.clear();
        unrecorded = 0;
        if (lastRows.size() > MOST_REMEMBERED) {
            lastRows.clear();
        }
        return entries;
    }

    /// Forgets a batch that has ended, so that the ledger is asked should a row of it come again.
    void forget(String batch) {
        lastRows.remove(batch);
    }

    /// Removes what is not recorded; whoever reads the partition next reads it again.
    void discard() {
        files.values().forEach(file -> file.rows().discard());
        files.clear();
    }
}
