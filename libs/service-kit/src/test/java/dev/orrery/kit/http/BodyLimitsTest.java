package dev.orrery.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BodyLimitsTest {

    private final BodyLimits limits = new BodyLimits(64, 800, Duration.ofSeconds(10), 100);

    @Test
    void a_body_takes_the_room_that_it_announces() {
        assertThat(limits.room(64)).isEqualTo(64);
        assertThat(limits.room(65)).isEqualTo(65);
    }

    @Test
    void a_body_of_unknown_length_takes_the_room_of_the_largest() {
        assertThat(limits.room(BodyLength.UNKNOWN)).isEqualTo(800);
    }

    @Test
    void what_keeps_coming_has_time() {
        assertThat(limits.tooSlow(0, Duration.ofSeconds(10), Duration.ofSeconds(10)))
                .isFalse();
        assertThat(limits.tooSlow(1000, Duration.ofSeconds(20), Duration.ofSeconds(1)))
                .isFalse();
    }

    @Test
    void what_stands_still_or_drips_has_none() {
        assertThat(limits.tooSlow(100_000, Duration.ofSeconds(11), Duration.ofSeconds(11)))
                .isTrue();
        assertThat(limits.tooSlow(1000, Duration.ofSeconds(21), Duration.ofSeconds(1)))
                .isTrue();
    }

    @Test
    void there_is_room_until_it_is_taken_and_again_once_it_is_given_back() {
        BodyBudget budget = new BodyBudget(100);

        assertThat(budget.take(60)).isTrue();
        assertThat(budget.take(60)).isFalse();
        assertThat(budget.take(40)).isTrue();
        assertThat(budget.take(0)).isTrue();
        budget.giveBack(60);
        assertThat(budget.take(60)).isTrue();
    }
}
