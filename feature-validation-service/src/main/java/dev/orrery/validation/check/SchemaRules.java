package dev.orrery.validation.check;

import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.schema.Presence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one schema asks of rows, whatever header they come under.
public final class SchemaRules {

    /// What one column must keep to.
    ///
    /// @param textual  whether an empty word is a missing one
    /// @param personal whether its values must not be shown
    record Expected(String name, ValueRule rule, boolean required, boolean textual, boolean personal) {}

    private final List<Expected> columns;
    private final List<String> names;
    private final Map<String, Integer> places = new HashMap<>();
    private final Set<String> missing;

    /// @throws IllegalArgumentException when a column's range is not of its type
    public SchemaRules(DatasetSchema schema) {
        this.columns = schema.columns().stream()
                .map(column -> expected(schema, column))
                .toList();
        this.names = schema.columnNames();
        names.forEach(name -> places.put(name, places.size()));
        this.missing = new HashSet<>(schema.missing());
    }

    /// The schema's columns, in whose order a validated row has its values.
    public List<String> columns() {
        return names;
    }

    /// The judge of rows under a header.
    ///
    /// @param header names, each once
    public RowValidator under(List<String> header) {
        int[] cells = new int[columns.size()];
        Arrays.fill(cells, RowValidator.NOWHERE);
        List<String> unknown = new ArrayList<>();
        for (int cell = 0; cell < header.size(); cell++) {
            String name = header.get(cell);
            Integer place = places.get(name);
            if (place == null) {
                unknown.add(name);
            } else {
                cells[place] = cell;
            }
        }
        return new RowValidator(columns, cells, unknown, places.keySet(), missing);
    }

    private static Expected expected(DatasetSchema schema, Column column) {
        boolean isKey = column.name().equals(schema.key());
        return new Expected(
                column.name(),
                ValueRule.of(column),
                isKey || column.presence() == Presence.REQUIRED,
                column.type().isString(),
                schema.personal().contains(column.name()));
    }
}
