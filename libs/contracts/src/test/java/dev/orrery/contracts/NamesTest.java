package dev.orrery.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "x-", "Churn", "a/b", "../etc", "a b", "ä"})
    void a_name_that_could_confuse_a_path_or_a_topic_is_refused(String name) {
        assertThatThrownBy(() -> Names.require("dataset", name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dataset '" + name + "'");
    }

    @Test
    void a_name_of_100_characters_is_the_longest() {
        assertThat(Names.require("dataset", "x".repeat(100))).hasSize(100);
        assertThatThrownBy(() -> Names.require("dataset", "x".repeat(101)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_nearest_known_name_is_suggested_and_a_far_one_is_not() {
        var known = List.of("event_time", "personal", "missing");

        assertThat(Names.suggestion("evnt_time", known)).isEqualTo(" Did you mean 'event_time'?");
        assertThat(Names.suggestion("zzzzzz", known)).isEmpty();
    }
}
