package dev.orrery.validation.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class TalliesTest {

    @Test
    void what_is_written_beside_an_offset_is_read_back() {
        Tallies tallies = new Tallies();
        tallies.put(Tally.none("b-1").plus(1, 0, 4).plus(0, 1, 5).plus(1, 0, 9));
        tallies.put(Tally.none("b-2").plus(0, 0, 1).end());

        Tallies read = Tallies.parse(tallies.written());

        assertThat(read.of("b-1")).isEqualTo(new Tally("b-1", 2, 1, 9, false));
        assertThat(read.of("b-2")).isEqualTo(new Tally("b-2", 0, 0, 1, true));
        assertThat(read.of("b-3")).isEqualTo(Tally.none("b-3"));
    }

    @Test
    void an_offset_without_metadata_has_counted_nothing() {
        assertThat(Tallies.parse(null).of("b-1")).isEqualTo(Tally.none("b-1"));
        assertThat(Tallies.parse("").of("b-1")).isEqualTo(Tally.none("b-1"));
    }

    @Test
    void metadata_of_somebody_else_is_refused_rather_than_taken_for_nothing() {
        assertThatThrownBy(() -> Tallies.parse("hello")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_copy_can_be_thrown_away() {
        Tallies tallies = new Tallies();
        tallies.put(Tally.none("b-1").plus(1, 0, 1));

        tallies.copy().put(Tally.none("b-1").plus(1, 0, 1).plus(1, 0, 2));

        assertThat(tallies.of("b-1").validated()).isEqualTo(1);
    }

    @Test
    void ended_batches_are_forgotten_as_far_as_open_ones_then_fit_beside_an_offset() {
        Tallies tallies = new Tallies();
        for (int i = 0; i < 30; i++) {
            tallies.put(new Tally("open-" + i, 100_000, 100_000, 999_999_999, false));
            tallies.put(new Tally(UUID.randomUUID().toString(), 100_000, 100_000, 999_999_999, true));
        }
        for (int i = 0; i < 300; i++) {
            tallies.put(new Tally(UUID.randomUUID().toString(), 100_000, 100_000, 999_999_999, true));
        }

        String written = tallies.written();

        assertThat(Tallies.fits(written)).isTrue();
        assertThat(Tallies.parse(written).of("open-0").validated()).isEqualTo(100_000);
        assertThat(Tallies.parse(written).of("open-29").validated()).isEqualTo(100_000);
    }

    @Test
    void no_open_batch_is_forgotten_however_many_there_are() {
        Tallies tallies = new Tallies();
        for (int i = 0; i < 500; i++) {
            tallies.put(new Tally("open-" + i, 1, 0, 1, false));
        }

        String written = tallies.written();

        assertThat(Tallies.fits(written)).isFalse();
        for (int i = 0; i < 500; i++) {
            assertThat(Tallies.parse(written).of("open-" + i).validated()).isEqualTo(1);
        }
    }
}
