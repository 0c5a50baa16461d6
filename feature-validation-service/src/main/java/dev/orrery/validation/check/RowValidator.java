package dev.orrery.validation.check;

import dev.orrery.contracts.Names;
import dev.orrery.contracts.Quoted;
import dev.orrery.contracts.event.Violation;
import dev.orrery.contracts.event.Violation.Check;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.schema.Presence;
import dev.orrery.validation.check.ValueRule.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Judges rows by one schema. Text is taken exactly as it came: nothing is trimmed, and a token means "missing"
/// only when it is the whole value. An empty word is always missing, because nothing after this could tell it
/// from one.
public final class RowValidator {

    private static final int LONGEST_NAME_TO_COMPARE = 100;

    /// Each compares with every column's name.
    private static final int MOST_SUGGESTIONS = 3;

    private record Expected(Column column, ValueRule rule, boolean required, boolean personal) {}

    private final List<Expected> columns;
    private final Set<String> names;
    private final Set<String> missing;

    /// @throws IllegalArgumentException when a column's range is not of its type
    public RowValidator(DatasetSchema schema) {
        this.columns = schema.columns().stream()
                .map(column -> expected(schema, column))
                .toList();
        this.names = new HashSet<>(schema.columnNames());
        this.missing = new HashSet<>(schema.missing());
    }

    /// Types a row and checks it, to the last reason.
    public Verdict judge(Map<String, String> row) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<Violation> reasons = new ArrayList<>();
        for (Expected expected : columns) {
            judge(expected, row, values, reasons);
        }
        int unknown = 0;
        for (String name : row.keySet()) {
            if (!names.contains(name)) {
                unknown++;
                reasons.add(unknown(name, unknown <= MOST_SUGGESTIONS));
            }
        }
        return reasons.isEmpty() ? new Verdict.Valid(values) : new Verdict.Broken(reasons);
    }

    private void judge(
            Expected expected, Map<String, String> row, Map<String, Object> values, List<Violation> reasons) {
        String name = expected.column().name();
        String text = row.get(name);
        if (text == null || isMissing(expected.column(), text)) {
            if (expected.required()) {
                reasons.add(absent(name, row));
            }
            return;
        }
        switch (expected.rule().judge(text)) {
            case Outcome.Meant meant -> values.put(name, meant.value());
            case Outcome.Wrong wrong -> {
                // Messages outlive the row and are no place that an erasure would look at.
                String found = expected.personal() ? "a value not shown, being personal" : Quoted.of(text);
                String hint = expected.personal() || wrong.hint().isEmpty() ? "" : "." + wrong.hint();
                String message = "found %s, expected %s%s".formatted(found, wrong.expected(), hint);
                reasons.add(new Violation(name, wrong.check(), message));
            }
        }
    }

    private boolean isMissing(Column column, String text) {
        return missing.contains(text) || text.isEmpty() && column.type().isString();
    }

    private static Violation absent(String name, Map<String, String> row) {
        if (!row.containsKey(name)) {
            return new Violation(name, Check.COLUMN, "found no such column, expected one with a value");
        }
        String text = row.get(name);
        String found = text == null || text.isEmpty() ? "nothing" : Quoted.of(text) + ", which means missing";
        return new Violation(name, Check.PRESENCE, "found %s, expected a value".formatted(found));
    }

    private Violation unknown(String name, boolean suggest) {
        String suggestion = suggest && name.length() <= LONGEST_NAME_TO_COMPARE ? Names.suggestion(name, names) : "";
        return new Violation(
                name,
                Check.COLUMN,
                "found column %s, which the schema does not have.%s".formatted(Quoted.of(name), suggestion));
    }

    private static Expected expected(DatasetSchema schema, Column column) {
        boolean isKey = column.name().equals(schema.key());
        return new Expected(
                column,
                ValueRule.of(column),
                isKey || column.presence() == Presence.REQUIRED,
                schema.personal().contains(column.name()));
    }
}
