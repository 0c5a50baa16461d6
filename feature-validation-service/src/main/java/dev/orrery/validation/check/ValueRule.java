package dev.orrery.validation.check;

import dev.orrery.contracts.Quoted;
import dev.orrery.contracts.event.Violation.Check;
import dev.orrery.contracts.schema.Bounds;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.Range;
import dev.orrery.contracts.schema.TypedText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a present value of one column must be: of its type, then within its domain or range.
public sealed interface ValueRule {

    /// The outcome for one value: what it means, or what was expected instead.
    sealed interface Outcome {

        /// @param value as `RowValidated` carries it
        record Meant(Object value) implements Outcome {}

        /// @param expected completes the sentence "found …, expected …"
        /// @param hint     says more of what was found, in a sentence of its own; empty when there is none
        record Wrong(Check check, String expected, String hint) implements Outcome {

            Wrong(Check check, String expected) {
                this(check, expected, "");
            }
        }
    }

    Outcome judge(String text);

    /// The rule of a column.
    ///
    /// @throws IllegalArgumentException when an end of the range is not of the column's type
    public static ValueRule of(Column column) {
        return switch (column.type()) {
            case CATEGORY, TEXT -> new Words(column.domain(), Set.copyOf(column.domain()));
            case NUMBER -> ordered(column, TypedText::number);
            case INTEGER -> ordered(column, TypedText::integer);
            case BOOLEAN -> ordered(column, TypedText::bool);
            case DATE -> ordered(column, TypedText::date);
            case TIMESTAMP -> ordered(column, TypedText::timestamp);
        };
    }

    private static <T extends Comparable<? super T>> ValueRule ordered(
            Column column, Function<String, Optional<T>> reader) {
        boolean asText = column.type() == ColumnType.DATE || column.type() == ColumnType.TIMESTAMP;
        return new Ordered<>(reader, TypedText.form(column.type()), column.range(), Bounds.of(column, reader), asText);
    }

    /// @param domain the allowed words in their order; empty allows any
    /// @param words  the same, to look one up
    record Words(List<String> domain, Set<String> words) implements ValueRule {

        private static final int MOST_WORDS_SHOWN = 10;

        @Override
        public Outcome judge(String text) {
            return words.isEmpty() || words.contains(text)
                    ? new Outcome.Meant(text)
                    : new Outcome.Wrong(Check.DOMAIN, expected(), LookAlike.hint(text, domain));
        }

        private String expected() {
            String shown =
                    domain.stream().limit(MOST_WORDS_SHOWN).map(Quoted::of).collect(Collectors.joining(", "));
            int more = domain.size() - MOST_WORDS_SHOWN;
            return "one of " + shown + (more > 0 ? " or %d others".formatted(more) : "");
        }
    }

    /// @param range  the ends as they were written, to be shown; null when there is none
    /// @param asText whether events carry the value as text
    record Ordered<T extends Comparable<? super T>>(
            Function<String, Optional<T>> reader, String description, Range range, Bounds<T> bounds, boolean asText)
            implements ValueRule {

        @Override
        public Outcome judge(String text) {
            Optional<T> value = reader.apply(text);
            if (value.isEmpty()) {
                String spaces = text.strip().length() < text.length() ? " without spaces around it" : "";
                return new Outcome.Wrong(Check.TYPE, description + spaces);
            }
            T present = value.get();
            if (!bounds.contain(present)) {
                return new Outcome.Wrong(Check.RANGE, expected());
            }
            return new Outcome.Meant(asText ? present.toString() : present);
        }

        private String expected() {
            if (range.min() == null) {
                return "at most " + range.max();
            }
            return range.max() == null ? "at least " + range.min() : "%s to %s".formatted(range.min(), range.max());
        }
    }
}
