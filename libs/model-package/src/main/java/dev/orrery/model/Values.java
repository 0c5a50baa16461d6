package dev.orrery.model;

import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.model.ModelCard.Input;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;

/// One typed value of a row as the number or the word that a model takes.
///
/// Numbers are 32-bit floats, so they are rounded: integers are exact up to 16,777,216, and instants of our time to 84
/// seconds (days are exact). Training and serving round alike, so a model is asked what it has learned; training tells
/// when it cannot tell the values of a column apart any more.
public final class Values {

    private static final Instant ORIGIN = Instant.parse("2000-01-01T00:00:00Z");
    private static final long ORIGIN_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
    private static final double SECONDS_PER_DAY = TimeUnit.DAYS.toSeconds(1);
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private Values() {}

    /// The number of a value; NaN where there is none.
    public static float number(Input input, Object value) {
        if (value == null) {
            return Float.NaN;
        }
        return switch (value) {
            case Number number when input.type() == ColumnType.NUMBER -> finite(input, number);
            case Number number when input.type() == ColumnType.INTEGER -> whole(input, number);
            case Boolean bool when input.type() == ColumnType.BOOLEAN -> bool ? 1 : 0;
            case String text
            when input.type() == ColumnType.DATE || input.type() == ColumnType.TIMESTAMP -> time(input, text);
            default -> throw wrong(input, value);
        };
    }

    /// The word of a value; the empty one where there is none.
    public static String word(Input input, Object value) {
        return switch (value) {
            case null -> "";
            case String word -> word;
            default -> throw wrong(input, value);
        };
    }

    private static float finite(Input input, Number number) {
        float value = number.floatValue();
        if (Float.isFinite(value)) {
            return value;
        }
        throw wrong(input, number);
    }

    private static float whole(Input input, Number number) {
        if (number.doubleValue() == Math.rint(number.doubleValue())) {
            return finite(input, number);
        }
        throw wrong(input, number);
    }

    /// Days since 2000-01-01, in UTC.
    private static float time(Input input, String text) {
        try {
            return input.type() == ColumnType.DATE
                    ? LocalDate.parse(text).toEpochDay() - ORIGIN_DAY
                    : days(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException _) {
            throw wrong(input, text);
        }
    }

    private static float days(Instant instant) {
        long seconds = instant.getEpochSecond() - ORIGIN.getEpochSecond();
        return (float) ((seconds + instant.getNano() / NANOS_PER_SECOND) / SECONDS_PER_DAY);
    }

    private static Instant instant(float days) {
        double seconds = days * SECONDS_PER_DAY;
        return ORIGIN.plusSeconds((long) seconds).plusNanos(Math.round(seconds % 1 * NANOS_PER_SECOND));
    }

    /// The typed value of a number that a model takes.
    public static Object typed(Input input, float number) {
        return switch (input.type()) {
            case NUMBER -> (double) number;
            case INTEGER -> (long) number;
            case BOOLEAN -> number != 0;
            case DATE -> LocalDate.ofEpochDay((long) number + ORIGIN_DAY).toString();
            case TIMESTAMP -> instant(number).toString();
            case CATEGORY, TEXT ->
                throw new IllegalArgumentException("column '%s' holds words".formatted(input.name()));
        };
    }

    private static IllegalArgumentException wrong(Input input, Object value) {
        String expected = switch (input.type()) {
            case NUMBER -> "a number within ±3.4e38";
            case INTEGER -> "a whole number";
            case BOOLEAN -> "true or false";
            case CATEGORY, TEXT -> "a string";
            case DATE -> "a day such as \"2026-01-31\"";
            case TIMESTAMP -> "an instant such as \"2026-01-31T12:00:00Z\"";
        };
        String given = value instanceof String text ? '"' + text + '"' : value.toString();
        return new IllegalArgumentException("column '%s' needs %s, not %s".formatted(input.name(), expected, given));
    }
}
