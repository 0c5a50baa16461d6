package dev.orrery.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.block.BlockFormat;
import dev.orrery.contracts.block.BlockOutput;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the docs show of a new file format is true.
class TabRowsTest {

    @TempDir
    private Path folder;

    @Test
    void the_example_gives_its_rows_and_goes_on_behind_those_that_are_skipped() throws IOException {
        Path file = Files.writeString(folder.resolve("ships.tsv"), "id\tflag\n1\tNO\n2\t\n3\tPA\n");

        try (RowSource source = open(file)) {
            source.skip(1);
            List<String> rows = new ArrayList<>();
            while (source.next()) {
                rows.add(source.text(0) + source.text(1));
            }

            assertThat(source.columns()).containsExactly("id", "flag");
            assertThat(rows).containsExactly("2", "3PA");
        }
    }

    @Test
    void its_cells_are_words_of_a_block() throws IOException {
        Path file = Files.writeString(folder.resolve("ships.tsv"), "id\tflag\n1\tNO\n");
        BlockOutput written = BlockFormat.ROWS_INGESTED.write();
        BlockOutput expected = BlockFormat.ROWS_INGESTED.write().word("1").word("NO");

        try (RowSource source = open(file)) {
            source.next();
            source.write(written);
        }

        assertThat(written.toBytes()).isEqualTo(expected.toBytes());
    }

    private static RowSource open(Path file) throws IOException {
        BufferedReader lines = Files.newBufferedReader(file);
        List<String> columns = List.of(lines.readLine().split("\t"));
        return new TabRows(lines, columns, new String[columns.size()]);
    }

    @Test
    void the_docs_quote_it_as_it_is() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/orrery/ingest/source/TabRows.java"));

        assertThat(Files.readString(Path.of("../docs/architecture.md")))
                .contains(source.substring(source.indexOf("record TabRows")));
    }
}
