package dev.orrery.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.event.EncodedBlock;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.Row;
import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.contracts.event.RowsIngested;
import dev.orrery.contracts.event.RowsWriter;
import dev.orrery.ingest.Sender;
import dev.orrery.ingest.dataset.Dataset;
import dev.orrery.ingest.source.FileFormat;
import dev.orrery.ingest.source.RowSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRowsTest {

    /// One, two, three and four bytes in UTF-8.
    private static final String WORDS = "a \u00e9\u20ac\uD83D\uDE00z";

    @TempDir
    private Path folder;

    @Test
    void cells_travel_as_they_stood_in_the_file_whatever_their_characters_and_their_size() throws IOException {
        String large = WORDS.repeat(2_000);

        assertThat(rows("1,%s,true\n2,\"%s\",\n3,,x\n".formatted(WORDS, large), 0))
                .extracting(Row::cells)
                .containsExactly(List.of("1", WORDS, "true"), List.of("2", large, ""), List.of("3", "", "x"));
    }

    @Test
    void a_source_goes_on_behind_the_rows_that_are_skipped() throws IOException {
        assertThat(rows("1,a,x\n2,b,x\n3,c,x\n", 2)).extracting(Row::entity).containsExactly("3");
        assertThat(rows("1,a,x\n2,b,x\n", 5)).isEmpty();
    }

    private List<Row> rows(String lines, long skipped) throws IOException {
        Path file = Files.writeString(folder.resolve("rows.csv"), "id,note,left\n" + lines);
        Dataset notes = new Dataset("notes", 1, Sender.schema(List.of(), "id", "note", "left"), null);
        List<EncodedBlock> blocks = new ArrayList<>();
        try (RowSource source = FileFormat.CSV.open(file, notes)) {
            RowsWriter writer =
                    RowsWriter.ingested(new RowsHeader("notes", "b", 1, null, source.columns()), blocks::add);
            source.skip(skipped);
            for (long row = skipped + 1; source.next(); row++) {
                writer.add(row, source.text(0), source.columns().size(), source::write);
            }
            writer.flush();
        }
        return blocks.stream()
                .map(block -> EventCodec.encode("test", block, null))
                .map(record -> (RowsIngested) EventCodec.decode(record.headers(), record.value()))
                .flatMap(block -> block.rows().stream())
                .toList();
    }
}
