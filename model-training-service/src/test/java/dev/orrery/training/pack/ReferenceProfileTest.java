package dev.orrery.training.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.Profile;
import dev.orrery.contracts.Profile.Bins;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Rows;
import dev.orrery.training.data.Table;
import dev.orrery.training.recipe.Vocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceProfileTest {

    private static final int ROWS = 1_000;

    @Test
    void a_number_gets_ten_bins_of_about_as_many_rows_each() {
        float[] values = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            values[i] = (i * 7919) % ROWS;
        }
        values[17] = Float.NaN;

        Bins bins = numbers(values);

        assertThat(bins.edges()).hasSize(9).isSorted();
        assertThat(bins.total()).isEqualTo(ROWS);
        assertThat(bins.counts()[bins.binOf(null)]).isEqualTo(1);
        for (int bin = 0; bin < 10; bin++) {
            assertThat(bins.counts()[bin]).isBetween(99L, 101L);
        }
    }

    @Test
    void each_of_a_few_distinct_values_gets_a_bin() {
        float[] values = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            values[i] = i % 3 == 0 ? -0.0f : i % 3 - 1;
        }

        Bins bins = numbers(values);

        assertThat(bins.edges()).containsExactly(0.5);
        assertThat(bins.counts()).containsExactly(667, 333, 0, 0);
    }

    @Test
    void a_value_that_most_rows_share_leaves_no_empty_bin_beside_it() {
        float[] values = new float[ROWS];
        for (int i = 900; i < ROWS; i++) {
            values[i] = i;
        }

        Bins bins = numbers(values);

        assertThat(bins.counts()).startsWith(900);
        assertThat(bins.total()).isEqualTo(ROWS);
        for (int bin = 0; bin <= bins.edges().length; bin++) {
            assertThat(bins.counts()[bin]).isPositive();
        }
    }

    @Test
    void a_column_without_values_has_one_bin_and_all_missing() {
        float[] values = {Float.NaN, Float.NaN};

        Bins bins = numbers(values);

        assertThat(bins.edges()).isEmpty();
        assertThat(bins.counts()).containsExactly(0, 0, 2);
    }

    @Test
    void a_constant_has_a_bin_of_its_own_and_any_other_value_lies_beside_it() {
        Bins bins = numbers(new float[] {0.1f, 0.1f, 0.1f});

        assertThat(bins.counts()).containsExactly(0, 3, 0, 0, 0);
        assertThat(bins.binOf(0.1)).isEqualTo(1);
        assertThat(bins.binOf((double) 0.1f)).isEqualTo(1);
        assertThat(bins.binOf(0.09)).isZero();
        assertThat(bins.binOf(0.11)).isEqualTo(2);
    }

    @Test
    void dates_are_not_compared_by_where_they_lie_in_the_calendar() {
        List<Input> inputs = List.of(
                new Input("since", ColumnType.DATE),
                new Input("speed", ColumnType.NUMBER),
                new Input("seen", ColumnType.TIMESTAMP));
        float[] values = {9000, 9001};
        Table rows = Table.of(Rows.ofColumns(inputs, List.of(values, values, values), 2));

        Profile profile =
                ReferenceProfile.of(rows, new Vocabulary(List.of(List.of(), List.of(), List.of())), new float[] {0.5f});

        assertThat(profile.features()).extracting(Bins::column).containsExactly("speed");
    }

    @Test
    void words_are_counted_each_and_the_unknown_and_missing_apart() {
        List<Input> inputs = List.of(new Input("flag", ColumnType.CATEGORY));
        Table rows = Table.of(Rows.ofColumns(inputs, List.of((Object) new String[] {"PA", "NO", "PA", "??", ""}), 5));

        Profile profile =
                ReferenceProfile.of(rows, new Vocabulary(List.of(List.of("NO", "PA", "LR"))), new float[] {0.1f, 0.9f});

        assertThat(profile.features().getFirst().words()).containsExactly("NO", "PA", "LR");
        assertThat(profile.features().getFirst().counts()).containsExactly(1, 2, 0, 1, 1);
        assertThat(profile.outputs().getFirst().column()).isEqualTo("score");
        assertThat(profile.outputs().getFirst().counts()).containsExactly(1, 1, 0, 0);
    }

    private static Bins numbers(float[] values) {
        List<Input> inputs = List.of(new Input("x", ColumnType.NUMBER));
        Table rows = Table.of(Rows.ofColumns(inputs, List.of((Object) values), values.length));
        return ReferenceProfile.of(rows, new Vocabulary(List.of(List.of())), new float[] {0.5f})
                .features()
                .getFirst();
    }
}
