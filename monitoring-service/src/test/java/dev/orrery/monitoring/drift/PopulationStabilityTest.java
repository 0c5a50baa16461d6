package dev.orrery.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.monitoring.drift.PopulationStability.Index;
import org.junit.jupiter.api.Test;

class PopulationStabilityTest {

    private static final PopulationStability STABILITY = new PopulationStability();

    @Test
    void equal_shares_are_no_distance_whatever_the_sizes() {
        assertThat(Index.of(new long[] {1000, 3000}, new long[] {1000, 3000}).psi())
                .isZero();
        assertThat(Index.of(new long[] {100000, 300000}, new long[] {1000, 3000})
                        .psi())
                .isCloseTo(0, within(1e-6));
    }

    @Test
    void a_textbook_index_comes_out() {
        // (0.2-0.5) ln(0.2/0.5) + (0.8-0.5) ln(0.8/0.5), in so many rows that half a row is nothing
        long[] reference = {500_000, 500_000};
        long[] sample = {200_000, 800_000};

        assertThat(Index.of(reference, sample).psi()).isCloseTo(0.415888, within(1e-5));
    }

    @Test
    void half_a_row_is_added_to_each_bin() {
        // p = 10.5/21, 10.5/21; q = 0.5/11, 10.5/11
        double expected = (0.5 / 11 - 0.5) * Math.log(0.5 / 11 / 0.5) + (10.5 / 11 - 0.5) * Math.log(10.5 / 11 / 0.5);

        assertThat(Index.of(new long[] {10, 10}, new long[] {0, 10}).psi()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void the_two_samples_may_be_exchanged_when_they_are_of_one_size() {
        long[] one = {10, 60, 30};
        long[] other = {50, 20, 30};

        assertThat(Index.of(one, other).psi()).isCloseTo(Index.of(other, one).psi(), within(1e-12));
    }

    @Test
    void bins_that_are_empty_in_both_do_not_matter() {
        Index with = Index.of(new long[] {400, 600, 0, 0}, new long[] {70, 30, 0, 0});
        Index without = Index.of(new long[] {400, 600}, new long[] {70, 30});

        assertThat(with).isEqualTo(without);
        assertThat(with.bins()).isEqualTo(2);
    }

    @Test
    void the_critical_value_is_the_chi_square_quantile_over_both_sample_sizes() {

        // chi-square with 9 degrees of freedom: 95 % below 16.91898, 99.9 % below 27.87716
        assertThat(STABILITY.criticalValue(10, 10_000, 500, 0.05)).isCloseTo((0.0001 + 0.002) * 16.91898, within(1e-6));
        assertThat(STABILITY.criticalValue(10, 10_000, 500, 0.001))
                .isCloseTo((0.0001 + 0.002) * 27.87716, within(1e-6));
    }

    @Test
    void a_new_category_is_not_smoothed_away() {
        Index fivePercent = Index.of(new long[] {2000, 2000, 0, 0}, new long[] {238, 237, 25, 0});

        assertThat(fivePercent.psi()).isGreaterThan(STABILITY.criticalValue(fivePercent.bins(), 4000, 500, 0.001 / 13));
    }

    @Test
    void different_bins_cannot_be_compared() {
        assertThatThrownBy(() -> Index.of(new long[] {1, 2}, new long[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2")
                .hasMessageContaining("3");
    }
}
