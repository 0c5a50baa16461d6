package dev.orrery.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Figures in columns: the first is words, the others are numbers, set to the right.
public final class Table {

    private static final String NONE = "-";
    private static final int FEW = 10;

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... heads) {
        rows.add(List.of(heads));
    }

    /// @param cells words as they are, numbers with as many decimals as they deserve, null as a dash
    public Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(Table::text).toList());
        return this;
    }

    private static String text(Object cell) {
        return switch (cell) {
            case null -> NONE;
            case Double number when Math.abs(number) < FEW -> String.format(Locale.ROOT, "%.1f", number);
            case Double number -> String.format(Locale.ROOT, "%,.0f", number);
            case Number number -> String.format(Locale.ROOT, "%,d", number.longValue());
            default -> cell.toString();
        };
    }

    @Override
    public String toString() {
        int[] widths = new int[rows.getFirst().size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder(row.getFirst())
                .repeat(" ", widths[0] - row.getFirst().length());
        for (int i = 1; i < widths.length; i++) {
            line.append("  ").repeat(" ", widths[i] - row.get(i).length()).append(row.get(i));
        }
        return line.toString().stripTrailing();
    }
}
