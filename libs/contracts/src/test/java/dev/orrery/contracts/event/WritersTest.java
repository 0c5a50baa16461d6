package dev.orrery.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is written row by row is what the events themselves are.
class WritersTest {

    private static final RowsHeader ROWS = new RowsHeader("ships", "b-1", 2, null, List.of("flag", "speed"));
    private static final PredictionsHeader PREDICTIONS = new PredictionsHeader(
            "berths", 5, "ships", 1, Role.SHADOW, null, null, "1a2b", List.of("speed", "flag"), List.of("score"));

    private final List<EncodedBlock> blocks = new ArrayList<>();

    @Test
    void rows_written_one_by_one_are_read_as_a_block() {
        RowsWriter writer = RowsWriter.ingested(ROWS, blocks::add);
        writer.add(3, "x", Arrays.asList("NO", null));
        writer.add(5, "y", List.of("PA", "1.5"));
        writer.flush();

        RowsIngested event = new RowsIngested(
                ROWS, List.of(new Row(3, "x", Arrays.asList("NO", null)), new Row(5, "y", List.of("PA", "1.5"))));
        assertThat(decoded()).isEqualTo(event);
        assertThat(blocks.getFirst()).usingRecursiveComparison().isEqualTo(event.encoded());
    }

    @Test
    void rejected_rows_written_one_by_one_are_read_as_a_block() {
        RowsRejected event = new RowsRejected(
                ROWS,
                List.of(new RowsRejected.Rejected(
                        new Row(3, "x", List.of("NO", "fast")),
                        List.of(new Violation("speed", Violation.Check.RANGE, "too fast")))));
        RejectionsWriter writer = new RejectionsWriter(ROWS, blocks::add);
        event.rows().forEach(writer::add);
        writer.flush();

        assertThat(decoded()).isEqualTo(event);
        assertThat(blocks.getFirst()).usingRecursiveComparison().isEqualTo(event.encoded());
    }

    @Test
    void predictions_written_one_by_one_are_read_as_a_block() {
        PredictionsWriter writer = new PredictionsWriter(PREDICTIONS, blocks::add);
        writer.begin(7, 1_700_000_000_000_001L, 900, "3fa9", null).real(12.5).none();
        writer.outputs(1).real(0.25);
        writer.end();
        writer.begin(8, 1_700_000_000_000_002L, 900, null, "it failed").none().word("NO");
        writer.outputs(0);
        writer.end();
        writer.flush();

        Instant at = Instant.ofEpochSecond(1_700_000_000, 1000);
        PredictionsMade event = new PredictionsMade(
                PREDICTIONS,
                List.of(
                        new Prediction(7, at, 900, "3fa9", null, Arrays.asList(12.5, null), List.of(0.25)),
                        new Prediction(
                                8, at.plusNanos(1000), 900, null, "it failed", Arrays.asList(null, "NO"), List.of())));
        assertThat(decoded()).isEqualTo(event);
        assertThat(blocks.getFirst()).usingRecursiveComparison().isEqualTo(event.encoded());
    }

    @Test
    void a_row_with_too_few_or_too_many_cells_makes_no_block_that_can_be_read() {
        RowsWriter writer = RowsWriter.validated(ROWS, blocks::add);
        writer.add(3, "x", List.of("NO"));
        writer.flush();

        assertThatThrownBy(this::decoded)
                .isInstanceOf(UnreadableEvent.class)
                .hasStackTraceContaining("1 cells and the block 2 columns");
    }

    @Test
    void a_block_is_read_row_by_row_to_the_same_rows() {
        RowsValidated event = new RowsValidated(
                ROWS, List.of(new Row(3, "x", Arrays.asList("NO", null)), new Row(5, "y", List.of("PA", 1.5))));
        RowsReader reader = RowsReader.validated(event.encoded().data());
        List<Row> rows = new ArrayList<>();
        while (reader.next()) {
            assertThat(reader.cells()).isEqualTo(reader.row().cells());
            rows.add(reader.row());
        }

        assertThat(new RowsValidated(reader.header(), rows)).isEqualTo(event);
        assertThatThrownBy(() -> RowsReader.ingested(event.encoded().data()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_damaged_block_is_found_out_by_its_last_row() {
        byte[] data = new RowsIngested(
                        ROWS, List.of(new Row(3, "x", List.of("NO", "1")), new Row(4, "y", List.of("NO", "2"))))
                .encoded()
                .data();
        for (int length = 0; length < data.length; length++) {
            byte[] cut = Arrays.copyOf(data, length);
            assertThatThrownBy(() -> readAll(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        byte[] more = Arrays.copyOf(data, data.length + 1);
        assertThatThrownBy(() -> readAll(more)).hasMessageContaining("more data");
        RowsWriter falling = RowsWriter.ingested(ROWS, blocks::add);
        falling.add(4, "x", List.of("NO", "1"));
        falling.add(4, "y", List.of("NO", "1"));
        falling.flush();
        assertThatThrownBy(() -> readAll(blocks.getFirst().data())).hasMessage("row 4 comes after 4");
    }

    private static void readAll(byte[] data) {
        RowsReader reader = RowsReader.ingested(data);
        while (reader.next()) {
            assertThat(reader.entity()).isNotEmpty();
        }
    }

    @Test
    void numbers_rise_within_a_block() {
        Row row = new Row(3, "x", List.of("NO", "1"));

        assertThatThrownBy(() -> new RowsIngested(ROWS, List.of(row, row))).hasMessageContaining("row 3 comes after 3");
        assertThatThrownBy(() -> new RowsIngested(ROWS, List.of())).hasMessageContaining("rows");
        assertThatThrownBy(() -> new RowsHeader("ships", "b-1", 1, null, List.of("a", "a")))
                .hasMessageContaining("twice");
    }

    private Event decoded() {
        assertThat(blocks).hasSize(1);
        var record = EventCodec.encode("test-service", blocks.getFirst(), 2);
        assertThat(record.partition()).isEqualTo(2);
        return EventCodec.decode(record.headers(), record.value());
    }
}
