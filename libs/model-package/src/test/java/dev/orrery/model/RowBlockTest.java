package dev.orrery.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.model.ModelCard.Input;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowBlockTest {

    private static final List<Input> INPUTS =
            List.of(new Input("tenure", ColumnType.NUMBER), new Input("contract", ColumnType.CATEGORY));

    @Test
    void a_copy_keeps_its_rows_when_the_block_is_filled_again() {
        RowBlock block = new RowBlock(INPUTS, 1);
        fill(block, 1, "gone");
        block.clear();
        fill(block, 12, "one-year");
        block.put(0, block.add(1), 24.0);

        RowBlock copy = block.copy();
        block.clear();
        fill(block, 99, "month-to-month");

        assertThat(copy.size()).isEqualTo(2);
        assertThat(copy.numbers(0)).containsExactly(12, 24);
        assertThat(copy.words().text(copy.codes(1)[0])).isEqualTo("one-year");
        assertThat(copy.codes(1)[1]).isEqualTo(Words.NONE);
        assertThat(copy.words().count()).as("words that its rows do not say").isEqualTo(1);
    }

    private static void fill(RowBlock block, double tenure, String contract) {
        int row = block.add(1);
        block.put(0, row, tenure);
        block.put(1, row, contract);
    }
}
