package dev.orrery.registry.usecase;

import dev.orrery.contracts.problem.Fault;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.DatasetSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The rule for use cases that share a dataset: the one that named it first describes it, and may change it; the others
/// repeat the description. They agree on everything but the label, for they may predict different things of the same
/// rows.
///
/// @param describedBy the use case that described the dataset first
/// @param description as it now stands
record SharedDataset(String describedBy, DatasetSchema description) {

    /// Where another use case's description differs, each with its place in it.
    List<Fault> differences(DatasetSchema other) {
        List<Fault> faults = new ArrayList<>();
        differs("key", description.key(), other.key()).ifPresent(faults::add);
        differs("event_time", description.eventTime(), other.eventTime()).ifPresent(faults::add);
        differs("personal", Set.copyOf(description.personal()), Set.copyOf(other.personal()))
                .ifPresent(faults::add);
        differs("missing", Set.copyOf(description.missing()), Set.copyOf(other.missing()))
                .ifPresent(faults::add);
        for (Column column : description.columns()) {
            if (other.column(column.name()).isEmpty()) {
                faults.add(new Fault("/columns", "column '%s' is missing: %s".formatted(column.name(), rule())));
            }
        }
        for (int i = 0; i < other.columns().size(); i++) {
            Column column = other.columns().get(i);
            if (!Optional.of(column).equals(description.column(column.name()))) {
                faults.add(new Fault(
                        "/columns/" + i, "column '%s' is not described so there: %s".formatted(column.name(), rule())));
            }
        }
        return faults;
    }

    private Optional<Fault> differs(String role, Object described, Object other) {
        return Objects.equals(described, other)
                ? Optional.empty()
                : Optional.of(new Fault("/" + role, "'%s' is %s there: %s".formatted(role, described, rule())));
    }

    private String rule() {
        return "use case '%s' described this dataset first, so repeat its section or name another dataset"
                .formatted(describedBy);
    }
}
