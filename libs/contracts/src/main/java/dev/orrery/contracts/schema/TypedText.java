package dev.orrery.contracts.schema;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// The one way to write each type as text, in a file and in a request alike. No locale, no surrounding space, no
/// guessing: text that could mean two things means nothing.
public final class TypedText {

    /// What [#day] and [#instant] say of text that is none.
    public static final long NONE = TimeText.NONE;

    private static final long MICROS = 1_000_000;

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
            case NUMBER -> !Double.isNaN(numberOrNaN(text));
            case INTEGER -> integerOrNull(text) != null;
            case BOOLEAN -> boolOrNull(text) != null;
            case DATE -> day(text) != NONE;
            case TIMESTAMP -> instant(text) != NONE;
        };
    }

    /// A decimal number that a double can hold; NaN and the infinities are none.
    public static Optional<Double> number(String text) {
        double number = numberOrNaN(text);
        return Double.isNaN(number) ? Optional.empty() : Optional.of(number);
    }

    /// The same for those who read millions: NaN where there is none.
    public static double numberOrNaN(String text) {
        return NumberText.number(text);
    }

    /// A whole number that 64 bits can hold.
    public static Optional<Long> integer(String text) {
        return Optional.ofNullable(integerOrNull(text));
    }

    /// The same for those who read millions: null where there is none.
    public static Long integerOrNull(String text) {
        return NumberText.integer(text);
    }

    /// true, yes, 1 and false, no, 0, in any case.
    public static Optional<Boolean> bool(String text) {
        return Optional.ofNullable(boolOrNull(text));
    }

    /// The same for those who read millions: null where there is none.
    public static Boolean boolOrNull(String text) {
        if (is(text, "1") || is(text, "yes") || is(text, "true")) {
            return Boolean.TRUE;
        }
        return is(text, "0") || is(text, "no") || is(text, "false") ? Boolean.FALSE : null;
    }

    /// A day from year 1 to year 9999.
    public static Optional<LocalDate> date(String text) {
        long day = day(text);
        return day == NONE ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(day));
    }

    /// The same for those who read millions: days since 1970-01-01, or [#NONE].
    public static long day(String text) {
        return TimeText.day(text);
    }

    /// An instant with `Z` or an offset, from year 1 to year 9999, to the microsecond: what the lake can hold.
    public static Optional<Instant> timestamp(String text) {
        long micros = instant(text);
        return micros == NONE
                ? Optional.empty()
                : Optional.of(
                        Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000));
    }

    /// The same for those who read millions: microseconds since 1970-01-01 UTC, or [#NONE].
    public static long instant(String text) {
        return TimeText.instant(text);
    }

    /// Whether a text is a word of digits and small letters, in any case of the latter.
    private static boolean is(String text, String word) {
        if (text.length() != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char wanted = word.charAt(i);
            // By this bit nothing but a letter's capital becomes the letter.
            if (text.charAt(i) != wanted && (wanted < 'a' || (text.charAt(i) | 0x20) != wanted)) {
                return false;
            }
        }
        return true;
    }
}
