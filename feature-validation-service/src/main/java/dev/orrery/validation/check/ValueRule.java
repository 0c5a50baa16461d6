package dev.orrery.validation.check;

import dev.orrery.contracts.event.Violation.Check;
import dev.orrery.contracts.schema.Bounds;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.Range;
import dev.orrery.contracts.schema.TypedText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.Function;

/// What a present value of one column must be: of its type, then within its domain or range.
sealed interface ValueRule
        permits Words, ValueRule.Truths, ValueRule.Numbers, ValueRule.Wholes, ValueRule.Days, ValueRule.Instants {

    /// Why a text breaks its rule.
    ///
    /// @param expected completes the sentence "found …, expected …"
    /// @param hint     says more of what was found, in a sentence of its own; empty when there is none
    record Wrong(Check check, String expected, String hint) {}

    /// What a text means, as a block carries it; null when it breaks the rule.
    Object meaning(String text);

    /// Why a text breaks the rule, when it does.
    Wrong fault(String text);

    /// The rule of a column.
    ///
    /// @throws IllegalArgumentException when an end of the range is not of the column's type
    static ValueRule of(Column column) {
        Range range = column.range();
        return switch (column.type()) {
            case CATEGORY, TEXT -> new Words(column.domain(), Set.copyOf(column.domain()));
            case BOOLEAN -> new Truths();
            case NUMBER -> {
                Bounds<Double> bounds = Bounds.of(column, TypedText::number);
                yield new Numbers(
                        range,
                        or(bounds.min(), Double.NEGATIVE_INFINITY, end -> end),
                        or(bounds.max(), Double.POSITIVE_INFINITY, end -> end));
            }
            case INTEGER -> {
                Bounds<Long> bounds = Bounds.of(column, TypedText::integer);
                yield new Wholes(
                        range,
                        or(bounds.min(), Long.MIN_VALUE, end -> end),
                        or(bounds.max(), Long.MAX_VALUE, end -> end));
            }
            case DATE -> {
                Bounds<LocalDate> bounds = Bounds.of(column, TypedText::date);
                yield new Days(
                        range,
                        or(bounds.min(), Long.MIN_VALUE, LocalDate::toEpochDay),
                        or(bounds.max(), Long.MAX_VALUE, LocalDate::toEpochDay));
            }
            case TIMESTAMP -> {
                Bounds<Instant> bounds = Bounds.of(column, TypedText::timestamp);
                yield new Instants(
                        range,
                        or(bounds.min(), Long.MIN_VALUE, Instants::micros),
                        or(bounds.max(), Long.MAX_VALUE, Instants::micros));
            }
        };
    }

    private static <T, N> N or(T end, N open, Function<T, N> number) {
        return end == null ? open : number.apply(end);
    }

    private static Wrong notOf(ColumnType type, String text) {
        String spaces = text.strip().length() < text.length() ? " without spaces around it" : "";
        return new Wrong(Check.TYPE, TypedText.form(type) + spaces, "");
    }

    private static Wrong fault(ColumnType type, Range range, String text) {
        if (!TypedText.is(type, text)) {
            return notOf(type, text);
        }
        if (range.min() == null) {
            return new Wrong(Check.RANGE, "at most " + range.max(), "");
        }
        String expected =
                range.max() == null ? "at least " + range.min() : "%s to %s".formatted(range.min(), range.max());
        return new Wrong(Check.RANGE, expected, "");
    }

    record Truths() implements ValueRule {

        @Override
        public Object meaning(String text) {
            return TypedText.boolOrNull(text);
        }

        @Override
        public Wrong fault(String text) {
            return notOf(ColumnType.BOOLEAN, text);
        }
    }

    /// @param range as it was written, to be shown
    record Numbers(Range range, double min, double max) implements ValueRule {

        @Override
        public Object meaning(String text) {
            double number = TypedText.numberOrNaN(text);
            // False for what is not a number.
            return number >= min && number <= max ? Double.valueOf(number) : null;
        }

        @Override
        public Wrong fault(String text) {
            return ValueRule.fault(ColumnType.NUMBER, range, text);
        }
    }

    /// @param range as it was written, to be shown
    record Wholes(Range range, long min, long max) implements ValueRule {

        @Override
        public Object meaning(String text) {
            Long number = TypedText.integerOrNull(text);
            return number != null && number >= min && number <= max ? number : null;
        }

        @Override
        public Wrong fault(String text) {
            return ValueRule.fault(ColumnType.INTEGER, range, text);
        }
    }

    /// Text that is a day is written in the one way that days are, so it travels as it is.
    ///
    /// @param range as it was written, to be shown
    /// @param min   days since 1970-01-01
    record Days(Range range, long min, long max) implements ValueRule {

        @Override
        public Object meaning(String text) {
            long day = TypedText.day(text);
            return day != TypedText.NONE && day >= min && day <= max ? text : null;
        }

        @Override
        public Wrong fault(String text) {
            return ValueRule.fault(ColumnType.DATE, range, text);
        }
    }

    /// @param range as it was written, to be shown
    /// @param min   microseconds since 1970-01-01 UTC
    record Instants(Range range, long min, long max) implements ValueRule {

        private static final int WHOLE_SECONDS = "2026-01-31T12:00:00Z".length();

        @Override
        public Object meaning(String text) {
            long micros = TypedText.instant(text);
            if (micros == TypedText.NONE || micros < min || micros > max) {
                return null;
            }
            return isInUtc(text)
                    ? text
                    : Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
        }

        /// Whether it is written already as the JDK writes an instant.
        private static boolean isInUtc(String text) {
            return text.length() == WHOLE_SECONDS && text.charAt(10) == 'T' && text.charAt(19) == 'Z';
        }

        private static long micros(Instant instant) {
            return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        }

        @Override
        public Wrong fault(String text) {
            return ValueRule.fault(ColumnType.TIMESTAMP, range, text);
        }
    }
}
