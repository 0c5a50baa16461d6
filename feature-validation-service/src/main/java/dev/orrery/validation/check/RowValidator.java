package dev.orrery.validation.check;

import dev.orrery.contracts.Names;
import dev.orrery.contracts.Quoted;
import dev.orrery.contracts.event.Violation;
import dev.orrery.contracts.event.Violation.Check;
import dev.orrery.validation.check.SchemaRules.Expected;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Judges rows under one header by one schema. Text is taken exactly as it came: nothing is trimmed, and a token means
/// "missing" only when it is the whole value. An empty word is always missing, because nothing after this could tell it
/// from one.
public final class RowValidator {

    /// Where the cell of a column is that the header does not have.
    static final int NOWHERE = -1;

    private static final int LONGEST_NAME_TO_COMPARE = 100;

    /// Each compares with every column's name.
    private static final int MOST_SUGGESTIONS = 3;

    private final Expected[] columns;
    private final int[] cells;
    private final List<Violation> unknown;
    private final Set<String> missing;
    private final int longestMissing;

    /// @param cells   where each column's cell is in a row
    /// @param unknown columns of the header that the schema does not have
    /// @param known   all columns' names
    RowValidator(
            List<Expected> columns, int[] cells, List<String> unknown, Collection<String> known, Set<String> missing) {
        this.columns = columns.toArray(Expected[]::new);
        this.cells = cells;
        this.missing = missing;
        this.longestMissing = missing.stream().mapToInt(String::length).max().orElse(-1);
        this.unknown = new ArrayList<>();
        for (String name : unknown) {
            this.unknown.add(unknown(name, known, this.unknown.size() < MOST_SUGGESTIONS));
        }
    }

    /// Types a row and checks it, up to the first fault.
    ///
    /// @param row    cells in the header's order: text, or what a structured source gave; null where there is none
    /// @param values takes what each cell means, in the schema's order; null where it is missing
    /// @return whether the row keeps its schema; the values are of no use when it does not
    public boolean judge(List<?> row, Object[] values) {
        if (!unknown.isEmpty()) {
            return false;
        }
        for (int i = 0; i < columns.length; i++) {
            Expected expected = columns[i];
            String text = text(row, i);
            boolean absent = isMissing(expected, text);
            values[i] = absent ? null : expected.rule().meaning(text);
            if (values[i] == null && (expected.required() || !absent)) {
                return false;
            }
        }
        return true;
    }

    /// Every reason why a row breaks the schema, in the order of the columns; none when it does not.
    public List<Violation> reasons(List<?> row) {
        List<Violation> reasons = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            Expected expected = columns[i];
            String text = text(row, i);
            if (isMissing(expected, text)) {
                if (expected.required()) {
                    reasons.add(absence(expected.name(), cells[i] == NOWHERE, text));
                }
            } else if (expected.rule().meaning(text) == null) {
                reasons.add(wrong(expected, text));
            }
        }
        reasons.addAll(unknown);
        return reasons;
    }

    private String text(List<?> row, int column) {
        Object cell = cells[column] == NOWHERE ? null : row.get(cells[column]);
        return cell instanceof String text ? text : cell == null ? null : cell.toString();
    }

    private boolean isMissing(Expected expected, String text) {
        return text == null
                || text.length() <= longestMissing && missing.contains(text)
                || text.isEmpty() && expected.textual();
    }

    private static Violation wrong(Expected expected, String text) {
        ValueRule.Wrong wrong = expected.rule().fault(text);
        // Messages outlive the row and are no place that an erasure would look at.
        String found = expected.personal() ? "a value not shown, being personal" : Quoted.of(text);
        String hint = expected.personal() || wrong.hint().isEmpty() ? "" : "." + wrong.hint();
        return new Violation(
                expected.name(), wrong.check(), "found %s, expected %s%s".formatted(found, wrong.expected(), hint));
    }

    private static Violation absence(String name, boolean column, String text) {
        if (column) {
            return new Violation(name, Check.COLUMN, "found no such column, expected one with a value");
        }
        String found = text == null || text.isEmpty() ? "nothing" : Quoted.of(text) + ", which means missing";
        return new Violation(name, Check.PRESENCE, "found %s, expected a value".formatted(found));
    }

    private static Violation unknown(String name, Collection<String> known, boolean suggest) {
        String suggestion = suggest && name.length() <= LONGEST_NAME_TO_COMPARE ? Names.suggestion(name, known) : "";
        return new Violation(
                name,
                Check.COLUMN,
                "found column %s, which the schema does not have.%s".formatted(Quoted.of(name), suggestion));
    }
}
