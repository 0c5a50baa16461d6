package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.Topic;
import java.util.List;
import java.util.Map;

/// One row that broke its schema, with every reason. An ordinary outcome, not a failure.
///
/// @param values the row as it was received
public record RowRejected(
        String dataset,
        String batch,
        long row,
        String entity,
        int schemaVersion,
        Map<String, String> values,
        List<Violation> reasons)
        implements Event {

    public RowRejected {
        requireNonNull(dataset, "dataset");
        requireNonNull(batch, "batch");
        requireNonNull(entity, "entity");
        requireNonNull(values, "values");
        reasons = List.copyOf(reasons);
        Require.atLeast("row", row, 1);
        Require.atLeast("reasons", reasons.size(), 1);
    }

    @Override
    public Topic topic() {
        return Topic.RECORDS_REJECTED;
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
