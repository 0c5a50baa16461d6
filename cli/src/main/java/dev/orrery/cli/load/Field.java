package dev.orrery.cli.load;

import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.Range;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// A column that an endpoint's model takes.
///
/// @param type   as its dataset says it; where nobody says it, a number or words
/// @param domain the words that it may hold, if they are known
record Field(String name, ColumnType type, List<String> domain, double least, double most) {

    private static final double USUAL_MOST = 100;
    private static final double BELOW_TWO = 2;
    private static final int CENTS = 100;
    private static final String SOME_WORD = "a";

    /// A column of which the model's own metadata is all that is known. Zeros and ones are taken wherever numbers are:
    /// it may hold whole numbers, or yes and no.
    static Field unknown(String name, boolean words) {
        return new Field(name, words ? ColumnType.TEXT : ColumnType.INTEGER, List.of(), 0, BELOW_TWO);
    }

    static Field of(Column column) {
        Range range = column.range();
        double least = range == null ? 0 : end(range.min(), 0);
        double most = range == null ? least + USUAL_MOST : end(range.max(), least + USUAL_MOST);
        return new Field(column.name(), column.type(), column.domain(), least, most);
    }

    private static double end(String text, double otherwise) {
        try {
            return text == null ? otherwise : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            // A day or an instant.
            return otherwise;
        }
    }

    boolean isWords() {
        return type.isString();
    }

    /// A value that may be: a [String], a [Double] (0 or 1 for no or yes), or null where dates are wanted.
    Object draw(RandomGenerator random) {
        double number = least + random.nextDouble() * (most - least);
        return switch (type) {
            case CATEGORY, TEXT -> domain.isEmpty() ? SOME_WORD : domain.get(random.nextInt(domain.size()));
            case NUMBER -> Math.clamp((double) Math.round(number * CENTS) / CENTS, least, most);
            case INTEGER -> Math.floor(number);
            case BOOLEAN -> random.nextBoolean() ? 1.0 : 0.0;
            case DATE, TIMESTAMP -> null;
        };
    }

    /// A value as a CSV file writes it.
    ///
    /// @return null where it is missing
    /// @throws NumberFormatException when it is no number where one is wanted
    Object read(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return null;
        }
        if (isWords()) {
            return text;
        }
        return switch (stripped.toLowerCase(Locale.ROOT)) {
            case "true", "yes" -> 1.0;
            case "false", "no" -> 0.0;
            case "na", "nan", "null" -> null;
            default -> Double.valueOf(stripped);
        };
    }
}
