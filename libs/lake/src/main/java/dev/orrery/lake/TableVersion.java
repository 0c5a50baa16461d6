package dev.orrery.lake;

import java.time.Instant;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;

/// One version of a dataset: a tagged snapshot, which a batch made and which never changes again.
///
/// @param metadataUri the immutable metadata file of this version; all that a reader opens
/// @param rows        rows in the version, earlier batches included
public record TableVersion(
        int version, String batch, String metadataUri, long snapshotId, long rows, int schemaVersion, Instant at) {

    static final String VERSION = "orrery.version";
    static final String BATCH = "orrery.batch";
    static final String SCHEMA_VERSION = "orrery.schema-version";
    static final String OFFSETS = "orrery.offsets";

    static TableVersion of(Snapshot snapshot, String metadataUri) {
        return new TableVersion(
                numberOf(snapshot).orElseThrow(),
                snapshot.summary().get(BATCH),
                metadataUri,
                snapshot.snapshotId(),
                Long.parseLong(snapshot.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP)),
                Integer.parseInt(snapshot.summary().get(SCHEMA_VERSION)),
                Instant.ofEpochMilli(snapshot.timestampMillis()));
    }

    /// The version a snapshot made, or nothing when it was not made by a batch.
    static Optional<Integer> numberOf(Snapshot snapshot) {
        return Optional.ofNullable(snapshot.summary().get(VERSION)).map(Integer::valueOf);
    }

    /// The newest version in a line of snapshots, newest first; 0 when there is none.
    static int newestOf(Iterable<Snapshot> ancestors) {
        for (Snapshot snapshot : ancestors) {
            Optional<Integer> number = numberOf(snapshot);
            if (number.isPresent()) {
                return number.get();
            }
        }
        return 0;
    }
}
