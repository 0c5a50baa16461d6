package dev.orrery.lake;

import java.util.List;
import java.util.UUID;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;

/// A version's own metadata file: the table as if it had this one snapshot. It is what readers open, and it stays.
///
/// The files that Iceberg writes with each change hold every snapshot there ever was, so a thousand versions would keep
/// a thousand files of a thousand entries; they go after a few changes, and readers of a version never notice.
final class VersionFile {

    static final String FOLDER = "/versions/";

    private VersionFile() {}

    /// Writes the file of a version.
    ///
    /// @return where it is; every call makes another, so that what has been announced is never touched again
    static String write(BaseTable table, Snapshot snapshot, int version) {
        TableMetadata whole = table.operations().current();
        List<Long> others = whole.snapshots().stream()
                .map(Snapshot::snapshotId)
                .filter(id -> id != snapshot.snapshotId())
                .toList();
        TableMetadata own = TableMetadata.buildFrom(whole)
                .setBranchSnapshot(snapshot.snapshotId(), SnapshotRef.MAIN_BRANCH)
                .removeSnapshots(others)
                .discardChanges()
                .build();
        String location = table.location() + FOLDER + "v%d-%s.metadata.json".formatted(version, UUID.randomUUID());
        TableMetadataParser.write(own, table.io().newOutputFile(location));
        return location;
    }
}
