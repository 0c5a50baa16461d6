package dev.orrery.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Text is read by hand, for speed. What it may look like is said here, in regular expressions and the JDK's own terms,
/// and both must agree on whatever comes.
class TypedTextGrammarTest {

    private static final int TEXTS = 100_000;

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt].+");
    private static final Map<String, Boolean> BOOLEANS =
            Map.of("true", true, "yes", true, "1", true, "false", false, "no", false, "0", false);

    private static final String[] NUMBERS = {
        "0",
        "-0.0",
        "12.5",
        "+.5",
        "1e10",
        "123456789012345678",
        "9007199254740993",
        "0.1",
        "1.7976931348623157e308",
        "4.9E-324",
        "00012.500",
        "999999999999999",
        ".000000000000001",
        "9223372036854775807",
        "-9223372036854775808"
    };
    private static final String[] DAYS = {"2026-01-31", "2024-02-29", "1900-02-28", "0001-01-01", "9999-12-31"};
    private static final String[] TIMES = {
        "2026-01-31T12:00:00Z", "2024-02-29T23:59:59.123456789Z", "2026-01-31t00:00Z", "0000-12-31T23:00:00-05:00",
        "9999-12-31T23:59:59.999999Z", "2026-01-31T12:00:00.5+02:00", "2026-06-30T24:00:00Z", "1969-12-31T23:59:59.9Z"
    };
    private static final String[] WORDS = {"true", "FALSE", "Yes", "nO", "1", "0"};

    private final Random random = new Random(7);

    @Test
    void numbers_are_what_the_grammar_says_to_the_last_bit() {
        agree(NUMBERS, "0123456789+-.eE x", TypedText::number, TypedTextGrammarTest::number);
    }

    @Test
    void numbers_of_few_digits_are_the_nearest_double() {
        for (int i = 0; i < TEXTS; i++) {
            String text = "%s%d.%d"
                    .formatted(random.nextBoolean() ? "-" : "", random.nextInt(1 << 20), random.nextInt(1 << 26));
            assertThat(TypedText.numberOrNaN(text)).as(text).isEqualTo(Double.parseDouble(text) + 0.0);
        }
    }

    @Test
    void whole_numbers_are_what_the_grammar_says() {
        agree(NUMBERS, "0123456789+- e", TypedText::integer, TypedTextGrammarTest::integer);
    }

    @Test
    void booleans_are_what_the_grammar_says() {
        agree(WORDS, "trueyesfalsnoTRUEYESFALSNO10\u0011\u0010\u017f", TypedText::bool, TypedTextGrammarTest::bool);
    }

    @Test
    void days_are_what_the_grammar_says() {
        agree(DAYS, "0123456789-", TypedText::date, TypedTextGrammarTest::date);
    }

    @Test
    void instants_are_what_the_grammar_says() {
        agree(TIMES, "0123456789-+:.TtZz", TypedText::timestamp, TypedTextGrammarTest::timestamp);
    }

    private <T> void agree(
            String[] seeds,
            String alphabet,
            Function<String, Optional<T>> byHand,
            Function<String, Optional<T>> grammar) {
        for (int i = 0; i < TEXTS; i++) {
            String text = i < seeds.length ? seeds[i] : changed(seeds[random.nextInt(seeds.length)], alphabet);
            assertThat(byHand.apply(text)).as("'%s'", text).isEqualTo(grammar.apply(text));
        }
    }

    /// Up to three characters are put in, taken out or replaced.
    private String changed(String seed, String alphabet) {
        StringBuilder text = new StringBuilder(seed);
        IntStream.range(0, random.nextInt(4)).forEach(_ -> {
            int at = random.nextInt(text.length() + 1);
            char other = alphabet.charAt(random.nextInt(alphabet.length()));
            if (random.nextBoolean() && at < text.length()) {
                text.setCharAt(at, other);
            } else if (random.nextBoolean() && at < text.length()) {
                text.deleteCharAt(at);
            } else {
                text.insert(at, other);
            }
        });
        return text.toString();
    }

    private static Optional<Double> number(String text) {
        // Adding zero makes -0.0 an ordinary zero, which is not below a range that begins at 0.
        return NUMBER.matcher(text).matches()
                ? Optional.of(Double.parseDouble(text) + 0.0).filter(Double::isFinite)
                : Optional.empty();
    }

    private static Optional<Long> integer(String text) {
        try {
            return INTEGER.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> bool(String text) {
        return Optional.ofNullable(BOOLEANS.get(text.toLowerCase(Locale.ROOT)));
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return DATE.matcher(text).matches()
                    ? Optional.of(LocalDate.parse(text)).filter(day -> !day.isBefore(LocalDate.of(1, 1, 1)))
                    : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> timestamp(String text) {
        try {
            return TIMESTAMP.matcher(text).matches()
                    ? Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS))
                            .filter(instant -> !instant.isBefore(Instant.parse("0001-01-01T00:00:00Z"))
                                    && instant.isBefore(Instant.parse("+10000-01-01T00:00:00Z")))
                    : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
