package dev.orrery.contracts.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The one way to write each type as text, in a file and in a request alike. No locale, no surrounding space, no
/// guessing: text that could mean two things means nothing.
public final class TypedText {

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt].+");
    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
    private static final Instant FIRST_INSTANT = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END_OF_TIME = Instant.parse("+10000-01-01T00:00:00Z");
    private static final int LONGEST_BOOLEAN = 5;
    private static final Map<String, Boolean> BOOLEANS =
            Map.of("true", true, "yes", true, "1", true, "false", false, "no", false, "0", false);

    private TypedText() {}

    /// How a value of a type is written, to complete "expected …".
    public static String form(ColumnType type) {
        return switch (type) {
            case CATEGORY, TEXT -> "words";
            case NUMBER -> "a number";
            case INTEGER -> "a whole number of at most 64 bits";
            case BOOLEAN -> "true, false, yes, no, 1 or 0";
            case DATE -> "a date such as 2026-01-31";
            case TIMESTAMP -> "a time with its offset, such as 2026-01-31T12:00:00Z";
        };
    }

    /// Whether a text is a value of a type.
    public static boolean is(ColumnType type, String text) {
        return switch (type) {
            case CATEGORY, TEXT -> true;
            case NUMBER -> number(text).isPresent();
            case INTEGER -> integer(text).isPresent();
            case BOOLEAN -> bool(text).isPresent();
            case DATE -> date(text).isPresent();
            case TIMESTAMP -> timestamp(text).isPresent();
        };
    }

    /// A decimal number that a double can hold; NaN and the infinities are none.
    public static Optional<Double> number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        // Adding zero makes -0.0 an ordinary zero, which is not below a range that begins at 0.
        return Optional.of(Double.parseDouble(text) + 0.0).filter(Double::isFinite);
    }

    /// A whole number that 64 bits can hold.
    public static Optional<Long> integer(String text) {
        if (!INTEGER.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// true, yes, 1 and false, no, 0, in any case.
    public static Optional<Boolean> bool(String text) {
        return text.length() > LONGEST_BOOLEAN
                ? Optional.empty()
                : Optional.ofNullable(BOOLEANS.get(text.toLowerCase(Locale.ROOT)));
    }

    /// A day from year 1 to year 9999.
    public static Optional<LocalDate> date(String text) {
        if (!DATE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text)).filter(day -> !day.isBefore(FIRST_DAY));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// An instant with `Z` or an offset, from year 1 to year 9999, to the microsecond: what the lake can hold.
    public static Optional<Instant> timestamp(String text) {
        if (!TIMESTAMP.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS))
                    .filter(instant -> !instant.isBefore(FIRST_INSTANT) && instant.isBefore(END_OF_TIME));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
