package dev.orrery.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SubjectKeyTest {

    private static final String SECRET = "MDEyMzQ1Njc4OWFiY2RlZg==";

    @Test
    void a_pseudonym_is_the_same_every_time_and_says_nothing_of_the_key() {
        var key = new SubjectKey(SECRET);

        assertThat(key.pseudonym("ships", "Titanic"))
                .isEqualTo(new SubjectKey(SECRET).pseudonym("ships", "Titanic"))
                .matches("[0-9a-f]{32}");
    }

    @Test
    void two_datasets_or_two_secrets_cannot_be_joined_by_pseudonym() {
        var key = new SubjectKey(SECRET);
        var other = new SubjectKey("ZmVkY2JhOTg3NjU0MzIxMA==");

        assertThat(key.pseudonym("ships", "Titanic"))
                .isNotEqualTo(key.pseudonym("crews", "Titanic"))
                .isNotEqualTo(other.pseudonym("ships", "Titanic"));
    }

    @Test
    void a_short_secret_is_refused() {
        assertThatThrownBy(() -> new SubjectKey("c2hvcnQ=")).hasMessageContaining("16 bytes");
    }
}
