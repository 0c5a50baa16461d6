package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitTest {

    @Test
    void it_looks_until_it_sees_what_is_waited_for() {
        AtomicInteger looked = new AtomicInteger();

        assertThat(Wait.seconds(10, "three").until(looked::incrementAndGet, seen -> seen == 3))
                .isEqualTo(3);
    }

    @Test
    void waiting_in_vain_says_for_what_and_what_was_seen_instead() {
        Wait wait = new Wait("the moon", Duration.ZERO, _ -> {});

        assertThatThrownBy(() -> wait.until(() -> "clouds", "moon"::equals))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("for the moon")
                .hasMessageContaining("last seen: clouds");
    }
}
