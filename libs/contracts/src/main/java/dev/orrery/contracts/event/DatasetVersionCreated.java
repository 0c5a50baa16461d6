package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.Topic;
import java.time.Instant;
import java.util.List;

/// A dataset version exists: a tagged snapshot of the dataset's lake table, which never changes again.
///
/// @param version     1, 2, 3 …
/// @param metadataUri the table's immutable metadata file, all that a reader opens
/// @param rows        rows in the version, earlier batches included
/// @param batches     the batches that this version added
public record DatasetVersionCreated(
        String dataset,
        int version,
        String metadataUri,
        long snapshotId,
        long rows,
        int schemaVersion,
        List<String> batches,
        Instant at)
        implements Event {

    public DatasetVersionCreated {
        requireNonNull(dataset, "dataset");
        requireNonNull(metadataUri, "metadata_uri");
        requireNonNull(at, "at");
        batches = List.copyOf(batches);
        Require.atLeast("version", version, 1);
        Require.atLeast("rows", rows, 0);
    }

    @Override
    public Topic topic() {
        return Topic.DATASET_VERSIONS;
    }

    @Override
    public String kind() {
        return "created";
    }

    @Override
    public String key() {
        return dataset;
    }

    @Override
    public String correlation() {
        return batches.isEmpty() ? dataset + "/" + version : batches.getLast();
    }
}
