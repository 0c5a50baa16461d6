package dev.orrery.lake;

import java.util.List;

/// All that one commit adds: the files of a whole batch.
///
/// @param offsets what the batch spans on its topic, as JSON; kept in the snapshot's summary
public record BatchFiles(String batch, int schemaVersion, String offsets, List<StagedFile> files) {

    public BatchFiles {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("batch %s has no rows to commit".formatted(batch));
        }
    }
}
