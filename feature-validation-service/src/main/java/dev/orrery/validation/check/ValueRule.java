package dev.orrery.validation.check;

import dev.orrery.contracts.event.Violation.Check;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.Range;
import dev.orrery.contracts.schema.TypedText;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a present value of one column must be: of its type, then within its domain or range.
public sealed interface ValueRule {

    /// The outcome for one value: what it means, or what was expected instead.
    sealed interface Outcome {

        /// @param value as `RowValidated` carries it
        record Meant(Object value) implements Outcome {}

        /// @param expected completes the sentence "found …, expected …"
        record Wrong(Check check, String expected) implements Outcome {}
    }

    Outcome judge(String text);

    /// The rule of a column.
    ///
    /// @throws IllegalArgumentException when an end of the range is not of the column's type
    public static ValueRule of(Column column) {
        return switch (column.type()) {
            case CATEGORY, TEXT -> new Words(column.domain());
            case NUMBER -> ordered(column, TypedText::number, "a number");
            case INTEGER -> ordered(column, TypedText::integer, "a whole number of at most 64 bits");
            case BOOLEAN -> ordered(column, TypedText::bool, "true, false, yes, no, 1 or 0");
            case DATE -> ordered(column, TypedText::date, "a date such as 2026-01-31");
            case TIMESTAMP ->
                ordered(column, TypedText::timestamp, "a time with its offset, such as 2026-01-31T12:00:00Z");
        };
    }

    private static <T extends Comparable<? super T>> ValueRule ordered(
            Column column, Function<String, Optional<T>> reader, String description) {
        Range range = column.range() == null ? new Range(null, null) : column.range();
        T min = end(column, range.min(), reader, description);
        T max = end(column, range.max(), reader, description);
        if (min != null && max != null && min.compareTo(max) > 0) {
            throw new IllegalArgumentException("column '%s': the range's smallest value %s is above its largest, %s"
                    .formatted(column.name(), range.min(), range.max()));
        }
        boolean asText = column.type() == ColumnType.DATE || column.type() == ColumnType.TIMESTAMP;
        return new Ordered<>(reader, description, range, min, max, asText);
    }

    private static <T> T end(Column column, String text, Function<String, Optional<T>> reader, String description) {
        return text == null
                ? null
                : reader.apply(text)
                        .orElseThrow(() -> new IllegalArgumentException("column '%s': the range's end %s is not %s"
                                .formatted(column.name(), Quoted.of(text), description)));
    }

    /// @param domain the allowed words; empty allows any
    record Words(List<String> domain) implements ValueRule {

        private static final int MOST_WORDS_SHOWN = 10;

        @Override
        public Outcome judge(String text) {
            return domain.isEmpty() || domain.contains(text)
                    ? new Outcome.Meant(text)
                    : new Outcome.Wrong(Check.DOMAIN, expected());
        }

        private String expected() {
            String shown =
                    domain.stream().limit(MOST_WORDS_SHOWN).map(Quoted::of).collect(Collectors.joining(", "));
            int more = domain.size() - MOST_WORDS_SHOWN;
            return "one of " + shown + (more > 0 ? " or %d others".formatted(more) : "");
        }
    }

    /// @param range  the ends as they were written, to be shown
    /// @param min    the smallest allowed value; null allows any
    /// @param max    the largest allowed value; null allows any
    /// @param asText whether events carry the value as text
    record Ordered<T extends Comparable<? super T>>(
            Function<String, Optional<T>> reader, String description, Range range, T min, T max, boolean asText)
            implements ValueRule {

        @Override
        public Outcome judge(String text) {
            Optional<T> value = reader.apply(text);
            if (value.isEmpty()) {
                String spaces = text.strip().length() < text.length() ? " without spaces around it" : "";
                return new Outcome.Wrong(Check.TYPE, description + spaces);
            }
            T present = value.get();
            if (min != null && present.compareTo(min) < 0 || max != null && present.compareTo(max) > 0) {
                return new Outcome.Wrong(Check.RANGE, expected());
            }
            return new Outcome.Meant(asText ? present.toString() : present);
        }

        private String expected() {
            if (min == null) {
                return "at most " + range.max();
            }
            return max == null ? "at least " + range.min() : "%s to %s".formatted(range.min(), range.max());
        }
    }
}
