package dev.orrery.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedTextTest {

    @ParameterizedTest
    @CsvSource({"0,0", "-0,0", "+1,1", "1.5,1.5", ".5,0.5", "1e1,10", "0000000000001,1", "1E-400,0", "-2.5e-3,-0.0025"})
    void these_are_numbers(String text, double meaning) {
        assertThat(TypedText.number(text)).contains(meaning);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "NaN",
                "Infinity",
                "-Infinity",
                "1e400",
                "0x10",
                "1f",
                "1d",
                "1,5",
                "1.000,5",
                "1_000",
                "5.",
                ".",
                "-",
                "e5",
                "1e",
                "--1",
                "½",
                "１２",
                "٣",
                "1 000",
                "12\n",
                "\u00a012",
                " 12",
                "12 "
            })
    void these_are_no_numbers(String text) {
        assertThat(TypedText.number(text)).isEmpty();
    }

    @Test
    void zero_has_no_sign_so_that_it_is_not_below_zero() {
        assertThat(TypedText.number("-0.0").orElseThrow().compareTo(0.0)).isZero();
    }

    @Test
    void whole_numbers_have_all_64_bits() {
        assertThat(TypedText.integer("9223372036854775807")).contains(Long.MAX_VALUE);
        assertThat(TypedText.integer("-9223372036854775808")).contains(Long.MIN_VALUE);
        assertThat(TypedText.integer("+7")).contains(7L);
        assertThat(TypedText.integer("007")).contains(7L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "1e3", "12.0", "0x1", "٣", "+", "", "-", " 1"})
    void these_are_no_whole_numbers(String text) {
        assertThat(TypedText.integer(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "TRUE,true", "Yes,true", "1,true", "false,false", "nO,false", "0,false"})
    void these_are_booleans(String text, boolean meaning) {
        assertThat(TypedText.bool(text)).contains(meaning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t", "y", "on", "wahr", "yeſ", "2", "01", "true ", "null"})
    void these_are_no_booleans(String text) {
        assertThat(TypedText.bool(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-02-29", "2026-13-01", "26-01-01", "2026-1-1", "0000-01-01", "+12026-01-01", "٢٠٢٦-٠١-٠١"})
    void these_are_no_dates(String text) {
        assertThat(TypedText.date(text)).isEmpty();
    }

    @Test
    void dates_reach_from_year_1_to_year_9999() {
        assertThat(TypedText.date("0001-01-01")).isPresent();
        assertThat(TypedText.date("9999-12-31")).isPresent();
        assertThat(TypedText.date("2024-02-29")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00+02:00, 2026-01-31T10:00:00Z",
        "2026-01-31T12:00Z, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.123456789Z, 2026-01-31T12:00:00.123456Z"
    })
    void a_time_is_an_instant_to_the_microsecond_because_the_lake_holds_no_more(String text, String meaning) {
        assertThat(TypedText.timestamp(text).orElseThrow()).hasToString(meaning);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31",
                "2026-01-31T12:00:00",
                "2026-01-31 12:00:00Z",
                "2026-01-31T25:00:00Z",
                "1769860800",
                "2026-01-31T12:00:00Z[UTC]",
                "0000-12-31T00:00:00Z",
                "9999-12-31T23:00:00-05:00"
            })
    void these_are_no_times(String text) {
        assertThat(TypedText.timestamp(text)).isEmpty();
    }
}
