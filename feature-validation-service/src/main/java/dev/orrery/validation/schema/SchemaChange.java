package dev.orrery.validation.schema;

import dev.orrery.contracts.problem.Problem.FieldError;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.lake.TableLayout;
import dev.orrery.validation.check.ValueRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What stands against a schema: by itself, and as the successor of another.
///
/// Once rows of a dataset have been judged, columns may be added, and what is required or allowed may change;
/// but no column goes away or changes what the lake keeps it as, because all versions of a dataset live in one
/// table.
final class SchemaChange {

    private SchemaChange() {}

    /// Everything that makes a schema unusable, whatever came before it.
    static List<FieldError> faults(DatasetSchema schema) {
        List<FieldError> faults = new ArrayList<>();
        for (Column column : schema.columns()) {
            if (TableLayout.isReserved(column.name())) {
                faults.add(
                        new FieldError(column.name(), "is a name that the lake keeps for itself; rename the column"));
            }
            try {
                ValueRule.of(column);
            } catch (IllegalArgumentException e) {
                faults.add(new FieldError(column.name(), e.getMessage()));
            }
        }
        return faults;
    }

    /// Why a schema cannot follow another whose rows are kept, or nothing.
    static Optional<String> conflict(DatasetSchema before, DatasetSchema after) {
        List<String> conflicts = new ArrayList<>();
        for (Column old : before.columns()) {
            after.column(old.name())
                    .ifPresentOrElse(
                            column -> {
                                if (!TableLayout.isSame(old.type(), column.type())) {
                                    conflicts.add("column '%s' changes from %s to %s"
                                            .formatted(old.name(), name(old), name(column)));
                                }
                            },
                            () -> conflicts.add("column '%s' is gone".formatted(old.name())));
        }
        return conflicts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", conflicts));
    }

    private static String name(Column column) {
        return column.type().name().toLowerCase(Locale.ROOT);
    }
}
