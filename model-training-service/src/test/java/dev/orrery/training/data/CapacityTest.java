package dev.orrery.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CapacityTest {

    private static final long MEGABYTE = 1 << 20;

    @Test
    void what_does_not_fit_into_the_process_is_refused_before_it_is_read() {
        assertThatThrownBy(() -> Capacity.require(10_000_000, 20, 256 * MEGABYTE))
                .isInstanceOf(UnfitData.class)
                .hasMessageStartingWith(
                        "10,000,000 rows of 20 features take some 2,289 MB, and this process may take 256");
        assertThatCode(() -> Capacity.require(500_000, 20, 256 * MEGABYTE)).doesNotThrowAnyException();
    }

    @Test
    void more_values_than_an_array_holds_are_refused_in_words_and_not_by_an_overflow() {
        assertThatThrownBy(() -> Capacity.values(150_000_000, 20))
                .isInstanceOf(UnfitData.class)
                .hasMessageContaining("are 3,000,000,000 values");
        assertThat(Capacity.values(100_000_000, 20)).isEqualTo(2_000_000_000);
    }
}
