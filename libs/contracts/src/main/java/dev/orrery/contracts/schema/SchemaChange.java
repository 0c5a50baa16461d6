package dev.orrery.contracts.schema;

import dev.orrery.contracts.problem.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What stands against a schema: by itself, and as the successor of another. Whoever takes schemas asks here, so that
/// nobody takes one which another would refuse.
///
/// Once rows of a dataset have been judged, columns may be added, and what is required or allowed may change;
/// but no column goes away or changes what the lake keeps it as, because all versions of a dataset live in one
/// table.
public final class SchemaChange {

    /// A row is judged and staged in memory, column by column, beside others.
    public static final int MOST_COLUMNS = 3000;

    /// What a model returns beside its inputs, so that no input can be called so.
    public static final Set<String> OUTPUTS = Set.of("score", "decision", "prediction_id");

    private static final Set<String> LAKE = Set.of(
            "_batch",
            "_row",
            "_file",
            "_pos",
            "_deleted",
            "_spec_id",
            "_partition",
            "_row_id",
            "_last_updated_sequence_number");

    private static final String INSIDE_MODELS = "/orrery/";

    private SchemaChange() {}

    /// Everything that makes a schema unusable, whatever came before it.
    public static List<Fault> faults(DatasetSchema schema) {
        List<Fault> faults = new ArrayList<>();
        if (schema.columns().size() > MOST_COLUMNS) {
            faults.add(new Fault(
                    "/columns",
                    "there are %,d columns, and a dataset has at most %,d"
                            .formatted(schema.columns().size(), MOST_COLUMNS)));
        }
        for (int i = 0; i < schema.columns().size(); i++) {
            String place = "/columns/" + i;
            faults(schema.columns().get(i)).forEach(fault -> faults.add(fault.below(place)));
        }
        for (Column feature : schema.features()) {
            if (OUTPUTS.contains(feature.name()) || feature.name().startsWith(INSIDE_MODELS)) {
                faults.add(new Fault(
                        "/columns/%d/name".formatted(schema.columns().indexOf(feature)),
                        "column '%s' is a feature, and a model calls one of its outputs so; rename the column"
                                .formatted(feature.name())));
            }
        }
        roles(schema).ifPresent(faults::add);
        return faults;
    }

    /// Everything that makes a column unusable in any schema.
    public static List<Fault> faults(Column column) {
        List<Fault> faults = new ArrayList<>();
        if (LAKE.contains(column.name())) {
            faults.add(new Fault(
                    "/name",
                    "column '%s': the lake keeps that name for itself; rename the column".formatted(column.name())));
        }
        if (column.name().chars().anyMatch(Character::isISOControl)) {
            faults.add(new Fault("/name", "a column's name cannot hold control characters"));
        }
        if (column.range() != null) {
            Bounds.fault(column).ifPresent(message -> faults.add(new Fault("/range", message)));
        }
        return faults;
    }

    /// Why a schema cannot follow another whose rows are kept.
    public static List<Fault> conflicts(DatasetSchema before, DatasetSchema after) {
        List<Fault> conflicts = new ArrayList<>();
        for (Column old : before.columns()) {
            Optional<Column> column = after.column(old.name());
            if (column.isEmpty()) {
                conflicts.add(new Fault("/columns", "column '%s' is gone".formatted(old.name())));
            } else if (!isKeptAlike(old.type(), column.get().type())) {
                conflicts.add(new Fault(
                        "/columns/%d/type".formatted(after.columns().indexOf(column.get())),
                        "column '%s' changes from %s to %s"
                                .formatted(
                                        old.name(),
                                        word(old.type()),
                                        word(column.get().type()))));
            }
        }
        return conflicts;
    }

    /// Whether the lake keeps a name for itself, so that no dataset can have a column of that name.
    public static boolean isReserved(String column) {
        return LAKE.contains(column);
    }

    private static Optional<Fault> roles(DatasetSchema schema) {
        if (schema.key().equals(schema.label())) {
            return Optional.of(
                    new Fault("/label", "'%s' is the key and cannot be the label too".formatted(schema.key())));
        }
        if (schema.eventTime() == null) {
            return Optional.empty();
        }
        ColumnType type = schema.column(schema.eventTime()).orElseThrow().type();
        return type == ColumnType.DATE || type == ColumnType.TIMESTAMP
                ? Optional.empty()
                : Optional.of(new Fault(
                        "/event_time",
                        "event_time names column '%s', which holds %s and not dates or timestamps"
                                .formatted(schema.eventTime(), word(type))));
    }

    /// Whether the lake keeps two types alike, so that a column may change from one to the other.
    private static boolean isKeptAlike(ColumnType one, ColumnType other) {
        return one == other || one.isString() && other.isString();
    }

    private static String word(ColumnType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
