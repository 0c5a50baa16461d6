package dev.orrery.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.contracts.schema.ColumnType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityKeysTest {

    private static final EntityKeys KEYS = new EntityKeys("MDEyMzQ1Njc4OWFiY2RlZg==");

    @ParameterizedTest
    @CsvSource({
        "TEXT, 007, 007",
        "TEXT, Ä b, Ä b",
        "CATEGORY, 7.0, 7.0",
        "INTEGER, 007, 7",
        "INTEGER, +7, 7",
        "INTEGER, -0, 0",
        "INTEGER, 7.0, 7",
        "INTEGER, 9223372036854775807, 9223372036854775807",
        "NUMBER, 7.50, 7.5",
        "NUMBER, 1e3, 1000",
        "NUMBER, -0.0, 0",
        "NUMBER, 0.10000000000000000555, 0.1",
        "BOOLEAN, YES, true",
        "BOOLEAN, 0, false",
        "DATE, 2026-01-31, 2026-01-31",
        "TIMESTAMP, 2026-01-31T13:00:00+01:00, 2026-01-31T12:00:00Z"
    })
    void a_key_has_one_text_form_however_it_is_written(ColumnType type, String written, String canonical) {
        assertThat(KEYS.entity("ships", type, false, written)).isEqualTo(canonical);
    }

    @Test
    void a_number_in_json_is_the_same_key_as_its_text_in_a_file() {
        assertThat(KEYS.entity("ships", ColumnType.INTEGER, true, 7))
                .isEqualTo(KEYS.entity("ships", ColumnType.INTEGER, true, "007"));
        assertThat(KEYS.entity("ships", ColumnType.TEXT, true, 7))
                .isEqualTo(KEYS.entity("ships", ColumnType.TEXT, true, "7"));
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGER, seven",
        "INTEGER, 7.5",
        "INTEGER, 9223372036854775808",
        "INTEGER, 1e999999999",
        "NUMBER, 1e999999999",
        "NUMBER, 1e-999999999",
        "NUMBER, NaN",
        "BOOLEAN, perhaps",
        "DATE, 31/01/2026",
        "TIMESTAMP, 2026-01-31"
    })
    void a_key_of_another_type_is_refused_and_stays_as_it_is_where_nobody_has_checked_it(ColumnType type, String key) {
        assertThatThrownBy(() -> KEYS.entity("ships", type, false, key)).hasMessageContaining(key);
        assertThat(KEYS.entityOfUnchecked("ships", type, false, key)).isEqualTo(key);
    }

    @Test
    void a_personal_key_becomes_a_pseudonym_that_is_the_same_every_time_and_says_nothing_of_it() {
        assertThat(KEYS.entity("ships", ColumnType.TEXT, true, "Titanic"))
                .isEqualTo(new EntityKeys("MDEyMzQ1Njc4OWFiY2RlZg==").entity("ships", ColumnType.TEXT, true, "Titanic"))
                .matches("[0-9a-f]{32}");
    }

    @Test
    void two_datasets_or_two_secrets_cannot_be_joined_by_pseudonym() {
        var other = new EntityKeys("ZmVkY2JhOTg3NjU0MzIxMA==");

        assertThat(KEYS.entity("ships", ColumnType.TEXT, true, "Titanic"))
                .isNotEqualTo(KEYS.entity("crews", ColumnType.TEXT, true, "Titanic"))
                .isNotEqualTo(other.entity("ships", ColumnType.TEXT, true, "Titanic"));
    }

    @Test
    void a_short_secret_is_refused() {
        assertThatThrownBy(() -> new EntityKeys("c2hvcnQ=")).hasMessageContaining("16 bytes");
    }
}
