package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void pauses_double_up_to_the_limit() {
        assertThat(IntStream.rangeClosed(1, 8).mapToObj(Backoff.STANDARD::after).map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void very_many_failures_do_not_overflow() {
        assertThat(Backoff.STANDARD.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
    }
}
