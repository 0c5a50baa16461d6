package dev.orrery.contracts.schema;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orrery.contracts.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a dataset's rows look like, and what the columns are for.
///
/// @param name      the dataset's, in a use-case file that does not leave it to the use case's own name; null in
/// events,
///                  which name the dataset themselves
/// @param key       the column that says whom or what a row is about
/// @param eventTime the column that says when the row was true; null when the dataset has none
/// @param label     the boolean column to be predicted
/// @param personal  columns that identify a person: they stay out of models, metrics and logs
/// @param missing   tokens that mean "no value"; the empty string unless said otherwise
public record DatasetSchema(
        String name,
        String key,
        String eventTime,
        String label,
        List<String> personal,
        List<String> missing,
        List<Column> columns) {

    public DatasetSchema {
        if (name != null) {
            Names.require("dataset", name);
        }
        columns = columns == null ? List.of() : List.copyOf(columns);
        personal = personal == null ? List.of() : List.copyOf(personal);
        missing = missing == null ? List.of("") : List.copyOf(missing);
        requireDistinct(columns);
        Set<String> names = new HashSet<>(columns.stream().map(Column::name).toList());
        requireColumn("key", key, names);
        requireColumn("label", label, names);
        if (eventTime != null) {
            requireColumn("event_time", eventTime, names);
        }
        personal.forEach(column -> requireColumn("personal", column, names));
        requireBooleanLabel(label, columns);
    }

    /// A schema as events carry it, without the dataset's name.
    public DatasetSchema(
            String key,
            String eventTime,
            String label,
            List<String> personal,
            List<String> missing,
            List<Column> columns) {
        this(null, key, eventTime, label, personal, missing, columns);
    }

    /// The same without the dataset's name: what two use cases that share a dataset agree on.
    public DatasetSchema unnamed() {
        return new DatasetSchema(key, eventTime, label, personal, missing, columns);
    }

    /// The columns a model learns from: all but the key, the event time, the label and what is personal.
    @JsonIgnore
    public List<Column> features() {
        return columns.stream()
                .filter(column -> !column.name().equals(key)
                        && !column.name().equals(eventTime)
                        && !column.name().equals(label)
                        && !personal.contains(column.name()))
                .toList();
    }

    /// The type of the key column.
    @JsonIgnore
    public ColumnType keyType() {
        return column(key).orElseThrow().type();
    }

    public Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    @JsonIgnore
    public boolean isKeyPersonal() {
        return personal.contains(key);
    }

    private static void requireDistinct(List<Column> columns) {
        Set<String> seen = new HashSet<>();
        for (Column column : columns) {
            if (!seen.add(column.name())) {
                throw new IllegalArgumentException("column '%s' is described twice".formatted(column.name()));
            }
        }
    }

    private static void requireColumn(String role, String name, Set<String> names) {
        if (name == null) {
            throw new IllegalArgumentException("the dataset needs a '%s'".formatted(role));
        }
        if (!names.contains(name)) {
            throw new IllegalArgumentException("%s names column '%s', which is not among the columns.%s"
                    .formatted(role, name, Names.suggestion(name, names)));
        }
    }

    private static void requireBooleanLabel(String label, List<Column> columns) {
        boolean isBoolean =
                columns.stream().anyMatch(column -> column.name().equals(label) && column.type() == ColumnType.BOOLEAN);
        if (!isBoolean) {
            throw new IllegalArgumentException("label '%s' must be a boolean column".formatted(label));
        }
    }
}
