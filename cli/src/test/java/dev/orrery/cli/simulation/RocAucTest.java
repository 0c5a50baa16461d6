package dev.orrery.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RocAucTest {

    @Test
    void a_perfect_ranking_has_1_and_a_reversed_one_0() {
        boolean[] labels = {false, false, true, true};

        assertThat(RocAuc.of(new double[] {0.1, 0.2, 0.3, 0.4}, labels)).isEqualTo(1);
        assertThat(RocAuc.of(new double[] {0.4, 0.3, 0.2, 0.1}, labels)).isEqualTo(0);
    }

    @Test
    void equal_scores_count_half() {
        assertThat(RocAuc.of(new double[] {0.5, 0.5, 0.5}, new boolean[] {true, false, true}))
                .isEqualTo(0.5);
        assertThat(RocAuc.of(new double[] {0.1, 0.5, 0.5, 0.9}, new boolean[] {false, false, true, true}))
                .isEqualTo(0.875);
    }

    @Test
    void without_one_of_the_two_outcomes_there_is_no_ranking() {
        assertThat(RocAuc.of(new double[] {0.1, 0.2}, new boolean[] {true, true}))
                .isNaN();
    }

    @Test
    void the_expected_one_counts_every_pair_by_its_chance() {
        // Of two customers with chances 0.8 and 0.2: (0.8·0.8 won + 0.2·0.2 lost, ties with oneself half) / 1·1.
        assertThat(RocAuc.expected(new double[] {0.8, 0.2})).isEqualTo(0.64 + (0.16 + 0.16) / 2, within(1e-12));
    }
}
