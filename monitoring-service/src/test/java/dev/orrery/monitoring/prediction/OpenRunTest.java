package dev.orrery.monitoring.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenRunTest {

    private final OpenRun run = new OpenRun("instance", 2, 100, 1_000, 1_999, 5_000);

    @Test
    void the_next_block_joins_and_the_run_knows_its_ends() {
        assertThat(run.join(101, 2_000, 2_500, 6_000)).isTrue();
        assertThat(run.join(107, 500, 900, 7_000)).isTrue();

        assertThat(run.firstOffset()).isEqualTo(100);
        assertThat(run.lastOffset()).isEqualTo(107);
        assertThat(run.firstSequence()).isEqualTo(500);
        assertThat(run.lastSequence()).isEqualTo(2_500);
    }

    @Test
    void a_run_ends_before_reading_it_takes_long() {
        assertThat(run.join(900, 2_000, 2_500, 5_000 + (1 << 20) + 1)).isFalse();

        assertThat(run.lastOffset()).isEqualTo(100);
    }

    @Test
    void a_block_that_was_held_back_for_long_gets_a_run_of_its_own() {
        assertThat(run.join(101, 900_000, 900_999, 6_000)).isFalse();

        assertThat(run.lastSequence()).isEqualTo(1_999);
    }
}
