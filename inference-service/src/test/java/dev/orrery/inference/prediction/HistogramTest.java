package dev.orrery.inference.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void a_value_lies_in_the_first_bucket_whose_bound_it_does_not_exceed_and_in_all_above() {
        Histogram histogram = new Histogram(1_000_000_000, 2_000_000_000);

        histogram.add(1_000_000_000);
        histogram.add(1_000_000_001);
        histogram.add(7_000_000_000L);

        Histogram.Counted counted = histogram.counted();
        assertThat(counted.bounds()).containsExactly(1, 2);
        assertThat(counted.upTo()).containsExactly(1, 2, 3);
        assertThat(counted.count()).isEqualTo(3);
        assertThat(counted.sum()).isCloseTo(9, within(1e-6));
    }
}
