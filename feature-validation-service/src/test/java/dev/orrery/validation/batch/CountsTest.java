package dev.orrery.validation.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CountsTest {

    @Test
    void a_batch_with_at_most_the_allowed_share_of_rejected_rows_is_accepted() {
        assertThat(new Counts(100, 100, 50, 50).objection(0.5)).isEmpty();
        assertThat(new Counts(100, 100, 100, 0).objection(0)).isEmpty();
    }

    @Test
    void a_batch_with_more_is_not() {
        assertThat(new Counts(100, 100, 49, 51).objection(0.5))
                .contains("51.0 % of its rows were rejected, more than the 50.0 % allowed");
    }

    @Test
    void a_batch_without_a_validated_row_is_not_accepted_whatever_is_allowed() {
        assertThat(new Counts(0, 0, 0, 0).objection(1)).contains("it has no rows");
        assertThat(new Counts(3, 3, 0, 3).objection(1)).contains("every one of its rows was rejected");
    }

    @Test
    void a_batch_with_a_row_that_could_not_be_judged_is_not_taken_for_whole() {
        assertThat(new Counts(100, 99, 99, 0).objection(1).orElseThrow())
                .startsWith("1 of its 100 rows could not be judged");
    }

    @Test
    void rows_that_do_not_add_up_are_no_counts() {
        assertThatThrownBy(() -> new Counts(10, 9, 9, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Counts(10, 11, 11, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
