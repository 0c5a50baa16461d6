package dev.orrery.contracts.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.concurrent.TimeUnit;

/// Days and instants out of text. The usual ways to write them are read digit by digit; for an instant, whatever else
/// is allowed is left to the JDK.
final class TimeText {

    /// What is said of text that is no day, or no instant.
    static final long NONE = Long.MIN_VALUE;

    private static final int DATE_LENGTH = 10;
    private static final int SHORTEST_TIME = "2026-01-31T12:00Z".length();
    private static final long MICROS = 1_000_000;
    private static final long FIRST_MICRO = micros(Instant.parse("0001-01-01T00:00:00Z"));
    private static final long END_OF_TIME = micros(Instant.parse("+10000-01-01T00:00:00Z"));

    private TimeText() {}

    /// The day, counted from 1970-01-01, from year 1 to year 9999; or [#NONE].
    static long day(String text) {
        return text.length() == DATE_LENGTH ? leadingDay(text) : NONE;
    }

    /// The instant in microseconds since 1970-01-01 UTC, from year 1 to year 9999; or [#NONE].
    static long instant(String text) {
        // Exceptions are slow; a text that does not begin like a time needs none.
        if (text.length() < SHORTEST_TIME || (text.charAt(DATE_LENGTH) | 0x20) != 't' || !beginsLikeADay(text)) {
            return NONE;
        }
        long day = leadingDay(text);
        long ofDay = utcMicrosOfDay(text);
        return day == NONE || ofDay == NONE ? parsed(text) : within(day * TimeUnit.DAYS.toMicros(1) + ofDay);
    }

    /// The day that a text begins with.
    private static long leadingDay(String text) {
        if (!beginsLikeADay(text)) {
            return NONE;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, DATE_LENGTH);
        boolean exists = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= lengthOf(year, month);
        return exists ? LocalDate.of(year, month, day).toEpochDay() : NONE;
    }

    private static int lengthOf(int year, int month) {
        return switch (month) {
            case 2 -> YearMonth.of(year, month).lengthOfMonth();
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /// Of `…Thh:mm`, `…Thh:mm:ss` and `…Thh:mm:ss.fff…`, each ending in `Z`; anything else is [#NONE] here.
    private static long utcMicrosOfDay(String text) {
        int end = text.length() - 1;
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        boolean exists = text.charAt(end) == 'Z' && text.charAt(13) == ':' && hour < 24 && minute < 60;
        if (!exists || (hour | minute) < 0) {
            return NONE;
        }
        long seconds = hour * 3600L + minute * 60L;
        return end == 16 ? seconds * MICROS : plusSeconds(text, seconds, end);
    }

    private static long plusSeconds(String text, long seconds, int end) {
        int second = end < 19 || text.charAt(16) != ':' ? -1 : digits(text, 17, 19);
        if (second < 0 || second > 59) {
            return NONE;
        }
        long whole = (seconds + second) * MICROS;
        if (end == 19) {
            return whole;
        }
        int places = end - 20;
        if (text.charAt(19) != '.' || places < 1 || places > 9) {
            return NONE;
        }
        int fraction = digits(text, 20, end);
        if (fraction < 0) {
            return NONE;
        }
        for (int i = places; i < 6; i++) {
            fraction *= 10;
        }
        for (int i = places; i > 6; i--) {
            fraction /= 10;
        }
        return whole + fraction;
    }

    private static boolean beginsLikeADay(String text) {
        return (digits(text, 0, 4) | digits(text, 5, 7) | digits(text, 8, DATE_LENGTH)) >= 0
                && text.charAt(4) == '-'
                && text.charAt(7) == '-';
    }

    private static long parsed(String text) {
        try {
            return within(micros(OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeException e) {
            return NONE;
        }
    }

    private static long within(long micros) {
        return micros >= FIRST_MICRO && micros < END_OF_TIME ? micros : NONE;
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * MICROS + instant.getNano() / 1000;
    }

    /// The number that the digits in a place make, or -1 when one of them is none.
    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value;
    }
}
