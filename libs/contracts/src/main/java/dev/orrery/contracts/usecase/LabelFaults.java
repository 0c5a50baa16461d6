package dev.orrery.contracts.usecase;

import dev.orrery.contracts.Names;
import dev.orrery.contracts.Quoted;
import dev.orrery.contracts.problem.Fault;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.schema.TypedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether a task can be asked of a label.
final class LabelFaults {

    private static final Set<ColumnType> BINARY =
            Set.of(ColumnType.BOOLEAN, ColumnType.CATEGORY, ColumnType.TEXT, ColumnType.INTEGER);

    /// The values of a boolean label.
    static final List<String> BOOLEANS = List.of("false", "true");

    private LabelFaults() {}

    /// The other one of two values.
    static Optional<String> other(List<String> known, String value) {
        return value != null && known.size() == BOOLEANS.size() && known.contains(value)
                ? Optional.of(known.get(1 - known.indexOf(value)))
                : Optional.empty();
    }

    static List<Fault> ofBinary(Task.Binary task, DatasetSchema dataset) {
        List<Fault> wrong = unlessOf(dataset, BINARY, task);
        if (!wrong.isEmpty()) {
            return wrong;
        }
        Column label = dataset.column(dataset.label()).orElseThrow();
        if (task.positive() == null && label.type() != ColumnType.BOOLEAN) {
            return List.of(new Fault(
                    "",
                    "label '%s' holds %s: say which of them is the positive one, as in task: { type: binary, positive: %s }"
                            .formatted(label.name(), values(label), example(label))));
        }
        List<Fault> faults = new ArrayList<>();
        value("positive", task.positive(), label).ifPresent(faults::add);
        value("negative", task.negative(), label).ifPresent(faults::add);
        if (faults.isEmpty() && task.positive() != null && task.negative() != null && isOneValue(task, label)) {
            faults.add(new Fault("/negative", "'%s' is positive and negative at once".formatted(task.negative())));
        }
        return faults;
    }

    /// A label of another type than these cannot be what the task predicts.
    static List<Fault> unlessOf(DatasetSchema dataset, Set<ColumnType> types, Task task) {
        return dataset
                .column(dataset.label())
                .filter(label -> !types.contains(label.type()))
                .map(label -> new Fault(
                        "/type",
                        "label '%s' holds %s, which is not for a %s task%s"
                                .formatted(label.name(), values(label), task.type(), other(label.type()))))
                .stream()
                .toList();
    }

    private static String other(ColumnType type) {
        if (type == ColumnType.NUMBER) {
            return "; write task: { type: regression }";
        }
        return BINARY.contains(type) ? "; write task: { type: binary } or { type: multi-class }" : "";
    }

    private static Optional<Fault> value(String role, String value, Column label) {
        if (value == null) {
            return Optional.empty();
        }
        if (!TypedText.is(label.type(), value)) {
            return Optional.of(new Fault(
                    "/" + role,
                    "%s is no value of label '%s', which holds %s"
                            .formatted(Quoted.of(value), label.name(), values(label))));
        }
        if (label.domain().isEmpty() || label.domain().contains(value)) {
            return Optional.empty();
        }
        return Optional.of(new Fault(
                "/" + role,
                "%s is not in the domain of label '%s'.%s"
                        .formatted(Quoted.of(value), label.name(), Names.suggestion(value, label.domain()))));
    }

    private static boolean isOneValue(Task.Binary task, Column label) {
        return Task.Binary.canonical(label, task.positive()).equals(Task.Binary.canonical(label, task.negative()));
    }

    private static String example(Column label) {
        if (!label.domain().isEmpty()) {
            return label.domain().getFirst();
        }
        return label.type() == ColumnType.INTEGER ? "1" : "Churn";
    }

    private static String values(Column label) {
        return label.type().isString() ? "words" : TypedText.form(label.type());
    }
}
