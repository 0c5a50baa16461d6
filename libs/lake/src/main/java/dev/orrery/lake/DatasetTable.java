package dev.orrery.lake;

import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.iceberg.util.SnapshotUtil;

/// One dataset's table. Files are staged first and committed once per batch.
public final class DatasetTable {

    private final BaseTable table;

    DatasetTable(Table table) {
        this.table = (BaseTable) table;
    }

    /// Begins a data file for rows of one partition. The partition is in its name, so that whoever takes the
    /// partition over can tell which unrecorded files a crash left there.
    public StagedRows stage(int partition) {
        String name = "%s%s.parquet".formatted(Lake.filePrefix(partition), UUID.randomUUID());
        return new StagedRows(table, table.locationProvider().newDataLocation(name));
    }

    /// The version that a batch made, or nothing when the batch was never committed.
    public Optional<TableVersion> versionOf(String batch) {
        table.refresh();
        for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
            if (batch.equals(snapshot.summary().get(TableVersion.BATCH))) {
                String file = VersionFile.write(
                        table, snapshot, TableVersion.numberOf(snapshot).orElseThrow());
                return Optional.of(TableVersion.of(snapshot, file));
            }
        }
        return Optional.empty();
    }

    /// Adds a whole batch as the next version, once: asked again for the same batch, it answers with the
    /// version already made.
    ///
    /// @throws CommitStateUnknownException when the catalog did not say how it went and does not know the
    ///         batch; nothing is deleted, and asking again settles it
    public TableVersion append(BatchFiles batch) {
        Optional<TableVersion> already = versionOf(batch.batch());
        if (already.isPresent()) {
            return already.get();
        }
        try {
            commit(batch, TableVersion.newestOf(SnapshotUtil.currentAncestors(table)));
        } catch (CommitStateUnknownException | ValidationException e) {
            return versionOf(batch.batch()).orElseThrow(() -> e);
        }
        return versionOf(batch.batch()).orElseThrow();
    }

    /// Append and tag are one change of the table, so no version exists without its tag.
    ///
    /// @param newest what the writer believes to be the newest version. Should another writer have added one,
    ///               Iceberg would accept the append on top of it all the same, were it not fenced.
    void commit(BatchFiles batch, int newest) {
        Transaction transaction = table.newTransaction();
        AppendFiles append = transaction
                .newAppend()
                .set(TableVersion.BATCH, batch.batch())
                .set(TableVersion.VERSION, String.valueOf(newest + 1))
                .set(TableVersion.SCHEMA_VERSION, String.valueOf(batch.schemaVersion()))
                .set(TableVersion.OFFSETS, batch.offsets())
                .validateWith(new StillNewest(newest));
        batch.files().forEach(file -> append.appendFile(dataFile(file)));
        append.commit();
        long snapshot = transaction.table().currentSnapshot().snapshotId();
        transaction.manageSnapshots().createTag("v" + (newest + 1), snapshot).commit();
        transaction.commitTransaction();
    }

    private DataFile dataFile(StagedFile file) {
        InputFile input = table.io().newInputFile(file.path());
        return DataFiles.builder(table.spec())
                .withPath(file.path())
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(input.getLength())
                .withMetrics(ParquetUtil.fileMetrics(input, MetricsConfig.forTable(table)))
                .build();
    }

    private record StillNewest(int version) implements SnapshotAncestryValidator {

        @Override
        public boolean validate(Iterable<Snapshot> ancestors) {
            return TableVersion.newestOf(ancestors) == version;
        }

        @Override
        public String errorMessage() {
            return "another writer has added a version after v" + version;
        }
    }
}
