package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.Topic;
import java.util.Map;

/// One row that keeps its schema.
///
/// @param values each present value with its type: number, whole number, true/false, or text (dates and times as
/// ISO-8601);
///               a missing value is absent
public record RowValidated(
        String dataset, String batch, long row, String entity, int schemaVersion, Map<String, Object> values)
        implements Event {

    public RowValidated {
        requireNonNull(dataset, "dataset");
        requireNonNull(batch, "batch");
        requireNonNull(entity, "entity");
        requireNonNull(values, "values");
        Require.atLeast("row", row, 1);
        Require.atLeast("schema_version", schemaVersion, 1);
    }

    @Override
    public Topic topic() {
        return Topic.RECORDS_VALIDATED;
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
