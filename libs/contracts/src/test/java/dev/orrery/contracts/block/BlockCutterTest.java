package dev.orrery.contracts.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockCutterTest {

    private record Cut(String key, List<String> rows) {}

    private final List<Cut> cuts = new ArrayList<>();
    private final BlockCutter cutter = new BlockCutter(
            BlockFormat.ROWS_INGESTED, header -> header.text("head"), (key, rows, block) -> cuts.add(read(key, block)));

    @Test
    void a_block_is_full_at_a_thousand_rows() {
        for (int i = 0; i < 2500; i++) {
            add("k" + i, "row " + i);
        }

        assertThat(cuts).extracting(Cut::key).containsExactly("k0", "k1000");
        assertThat(cutter.rows()).isEqualTo(500);

        cutter.flush();
        cutter.flush();

        assertThat(cuts).extracting(Cut::key).containsExactly("k0", "k1000", "k2000");
        assertThat(cuts.stream().flatMap(cut -> cut.rows().stream()))
                .hasSize(2500)
                .first()
                .isEqualTo("row 0");
        assertThat(cuts.getLast().rows()).hasSize(500).last().isEqualTo("row 2499");
    }

    @Test
    void no_block_is_larger_than_its_bytes_but_one_of_a_single_row() {
        String third = "x".repeat(BlockCutter.MOST_BYTES / 3);
        String large = "y".repeat(BlockCutter.MOST_BYTES + 1);
        for (String row : List.of(third, third, third, large, "small")) {
            add(row.substring(0, 1), row);
        }
        cutter.flush();

        assertThat(cuts)
                .containsExactly(
                        new Cut("x", List.of(third, third)),
                        new Cut("x", List.of(third)),
                        new Cut("y", List.of(large)),
                        new Cut("s", List.of("small")));
    }

    private void add(String key, String row) {
        cutter.begin(key).text(row);
        cutter.end();
    }

    private static Cut read(String key, byte[] block) {
        BlockInput input = BlockFormat.ROWS_INGESTED.read(block);
        assertThat(input.text()).isEqualTo("head");
        List<String> rows = input.texts();
        input.end();
        return new Cut(key, rows);
    }
}
