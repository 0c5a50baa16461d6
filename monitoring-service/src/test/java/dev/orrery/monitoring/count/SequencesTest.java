package dev.orrery.monitoring.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SequencesTest {

    private Sequences sequences = Sequences.none();

    @Test
    void each_counts_once_in_whatever_order_they_come() {
        List<Long> shuffled = LongStream.range(0, 5000).boxed().collect(Collectors.toList());
        Collections.shuffle(shuffled, new Random(7));

        assertThat(shuffled).allMatch(sequences::add);
        assertThat(shuffled).noneMatch(sequences::add);
        assertThat(sequences.missing()).isZero();
    }

    @Test
    void what_is_kept_between_two_starts_is_the_same_and_takes_few_bytes() {
        LongStream.range(1, 100_000).filter(i -> i != 777).forEach(sequences::add);

        byte[] kept = sequences.toBytes();
        sequences = Sequences.of(kept);

        assertThat(kept).hasSizeLessThan(50);
        assertThat(sequences.missing()).isEqualTo(1);
        assertThat(sequences.add(99_999)).isFalse();
        assertThat(sequences.add(777)).isTrue();
        assertThat(sequences.add(100_000)).isTrue();
        assertThat(sequences.missing()).isZero();
    }

    @Test
    void what_is_missing_is_counted_from_the_first_that_came() {
        sequences.add(5_000_000_010L);
        sequences.add(5_000_000_013L);
        assertThat(sequences.missing()).isEqualTo(2);

        sequences.add(5_000_000_012L);
        assertThat(sequences.missing()).isEqualTo(1);
    }

    @Test
    void memory_is_bounded_and_what_is_too_old_to_tell_is_taken_for_a_repeat() {
        for (long i = 0; i < 5L * Sequences.REACH; i += 2) {
            assertThat(sequences.add(i)).isTrue();
        }

        assertThat(sequences.add(1)).isFalse();
        assertThat(sequences.add(5L * Sequences.REACH - 3)).isTrue();
        assertThat(sequences.add(5L * Sequences.REACH - 4)).isFalse();
        assertThat(Sequences.of(sequences.toBytes()).missing())
                .isEqualTo(sequences.missing())
                .isEqualTo(5L * Sequences.REACH / 2 - 2);
    }
}
