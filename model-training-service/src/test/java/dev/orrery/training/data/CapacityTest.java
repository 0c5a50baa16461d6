package dev.orrery.training.data;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CapacityTest {

    private static final long MEGABYTE = 1 << 20;

    @Test
    void what_does_not_fit_into_the_process_is_refused_before_it_is_read() {
        assertThatThrownBy(() -> Capacity.require(20_000_000, 20, 256 * MEGABYTE))
                .isInstanceOf(UnfitData.class)
                .hasMessageStartingWith(
                        "20,000,000 rows of 20 features take some 2,289 MB, and this process may take 256");
        assertThatCode(() -> Capacity.require(500_000, 20, 256 * MEGABYTE)).doesNotThrowAnyException();
    }
}
