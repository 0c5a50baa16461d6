package dev.orrery.contracts.schema;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orrery.contracts.Names;
import dev.orrery.contracts.problem.Fault;
import dev.orrery.contracts.problem.Faulty;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a dataset's rows look like, and what the columns are for.
///
/// @param name      the dataset's, in a use-case file that does not leave it to the use case's own name; null in
///                  events, which name the dataset themselves
/// @param key       the column that says whom or what a row is about
/// @param eventTime the column that says when the row was true; null when the dataset has none
/// @param label     the column to be predicted: anything but a time
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

    private static final Set<ColumnType> TIMES = EnumSet.of(ColumnType.DATE, ColumnType.TIMESTAMP);

    public DatasetSchema {
        columns = columns == null ? List.of() : List.copyOf(columns);
        personal = personal == null ? List.of() : List.copyOf(personal);
        missing = missing == null ? List.of("") : List.copyOf(missing);
        Faulty.unless(faults(name, key, eventTime, label, personal, columns));
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

    private static List<Fault> faults(
            String name, String key, String eventTime, String label, List<String> personal, List<Column> columns) {
        List<Fault> faults = new ArrayList<>();
        if (name != null) {
            Names.fault("dataset", name).ifPresent(message -> faults.add(new Fault("/name", message)));
        }
        Map<String, Column> known = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (known.putIfAbsent(column.name(), column) != null) {
                faults.add(new Fault(
                        "/columns/%d/name".formatted(i), "column '%s' is described twice".formatted(column.name())));
            }
        }
        faults.addAll(role("key", key, known.keySet(), ""));
        faults.addAll(label(label, known, columns));
        if (eventTime != null) {
            faults.addAll(role("event_time", eventTime, known.keySet(), ""));
        }
        for (int i = 0; i < personal.size(); i++) {
            faults.addAll(role("personal", personal.get(i), known.keySet(), "/" + i));
        }
        return faults;
    }

    private static List<Fault> role(String role, String column, Set<String> known, String index) {
        if (column == null) {
            return List.of(new Fault("/" + role, "the dataset needs a '%s'".formatted(role)));
        }
        return known.contains(column)
                ? List.of()
                : List.of(new Fault(
                        "/" + role + index,
                        "%s names column '%s', which is not among the columns.%s"
                                .formatted(role, column, Names.suggestion(column, known))));
    }

    private static List<Fault> label(String label, Map<String, Column> known, List<Column> columns) {
        List<Fault> faults = role("label", label, known.keySet(), "");
        if (faults.isEmpty() && TIMES.contains(known.get(label).type())) {
            String place = "/columns/%d/type".formatted(columns.indexOf(known.get(label)));
            return List.of(new Fault(
                    place, "label '%s' holds times, and a label is a boolean, words or a number".formatted(label)));
        }
        return faults;
    }
}
