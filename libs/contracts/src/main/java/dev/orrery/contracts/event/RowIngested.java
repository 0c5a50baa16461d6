package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.Topic;
import java.util.Map;

/// One row as it was received; nobody has checked it yet. (batch, row) identifies it everywhere.
///
/// @param row           1 is the first row after the header
/// @param entity        the row's key, or its pseudonym where the key is personal
/// @param schemaVersion the schema that the batch was taken in under; it is judged by the same, whatever came since
/// @param values        every column's text, in the file's order
public record RowIngested(
        String dataset, String batch, long row, String entity, int schemaVersion, Map<String, String> values)
        implements Event {

    public RowIngested {
        requireNonNull(dataset, "dataset");
        requireNonNull(batch, "batch");
        requireNonNull(entity, "entity");
        requireNonNull(values, "values");
        Require.atLeast("row", row, 1);
        Require.atLeast("schema_version", schemaVersion, 1);
    }

    @Override
    public Topic topic() {
        return Topic.RECORDS_INGESTED;
    }

    @Override
    public String kind() {
        return "row";
    }

    @Override
    public String key() {
        return entity;
    }

    @Override
    public String correlation() {
        return batch;
    }
}
