package dev.orrery.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.contracts.Profile.Bins;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileTest {

    private final Bins numbers = new Bins("speed", new double[] {10, 20}, null, new long[] {1, 2, 3, 0, 4});
    private final Bins words = new Bins("flag", null, List.of("NO", "PA"), new long[] {5, 6, 0, 1});

    @Test
    void a_number_on_an_edge_belongs_to_the_bin_above_it() {
        assertThat(numbers.binOf(9.9)).isZero();
        assertThat(numbers.binOf(10.0)).isEqualTo(1);
        assertThat(numbers.binOf(20)).isEqualTo(2);
        assertThat(numbers.binOf(1e9)).isEqualTo(2);
    }

    @Test
    void what_is_missing_or_was_never_seen_has_bins_of_its_own() {
        assertThat(numbers.binOf(null)).isEqualTo(4);
        assertThat(numbers.binOf(Double.NaN)).isEqualTo(4);
        assertThat(numbers.binOf(Double.POSITIVE_INFINITY)).isEqualTo(3);
        assertThat(words.binOf("PA")).isEqualTo(1);
        assertThat(words.binOf("DE")).isEqualTo(2);
        assertThat(words.binOf("")).isEqualTo(3);
    }

    @Test
    void counts_that_do_not_fit_the_bins_are_refused() {
        assertThatThrownBy(() -> new Bins("speed", new double[] {10}, null, new long[] {1, 2}))
                .hasMessageContaining("needs 4 counts");
    }
}
