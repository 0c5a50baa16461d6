package dev.orrery.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RocAucTest {

    @Test
    void a_perfect_ranking_has_1_and_a_reversed_one_0() {
        assertThat(of(new double[] {0.1, 0.2, 0.3, 0.4}, false, false, true, true))
                .isEqualTo(1);
        assertThat(of(new double[] {0.4, 0.3, 0.2, 0.1}, false, false, true, true))
                .isEqualTo(0);
    }

    @Test
    void equal_scores_count_half() {
        assertThat(of(new double[] {0.5, 0.5, 0.5}, true, false, true)).isEqualTo(0.5);
        assertThat(of(new double[] {0.1, 0.5, 0.5, 0.9}, false, false, true, true))
                .isEqualTo(0.875);
    }

    @Test
    void the_ends_of_the_scale_are_part_of_it() {
        assertThat(of(new double[] {0, 1}, false, true)).isEqualTo(1);
    }

    @Test
    void without_one_of_the_two_outcomes_there_is_no_ranking() {
        assertThat(of(new double[] {0.1, 0.2}, true, true)).isNaN();
    }

    @Test
    void the_expected_one_counts_every_pair_by_its_chance() {
        RocAuc expected = new RocAuc();
        expected.addChance(0.8);
        expected.addChance(0.2);

        // Of two customers with chances 0.8 and 0.2: (0.8·0.8 won + 0.2·0.2 lost, ties with oneself half) / 1·1.
        assertThat(expected.value()).isEqualTo(0.64 + (0.16 + 0.16) / 2, within(1e-12));
    }

    private static double of(double[] scores, boolean... labels) {
        RocAuc area = new RocAuc();
        for (int i = 0; i < scores.length; i++) {
            area.add(scores[i], labels[i]);
        }
        return area.value();
    }
}
