package dev.orrery.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.contracts.block.BlockCutter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is written row by row is what the events themselves are.
class WritersTest {

    private static final RowsHeader ROWS = new RowsHeader("ships", "b-1", 2, null, List.of("flag", "speed"));
    private static final PredictionsHeader PREDICTIONS = new PredictionsHeader(
            "berths",
            5,
            "ships",
            1,
            Role.SHADOW,
            "onnxruntime",
            null,
            null,
            "1a2b",
            List.of("speed", "flag"),
            List.of("score"));

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
        Unlogged unlogged = new Unlogged(5, 6);
        PredictionsWriter writer = new PredictionsWriter(PREDICTIONS, () -> unlogged, blocks::add);
        writer.begin(request(1_700_000_000_000_001L, Outcome.OK, null), 7, 20, "3fa9");
        writer.flag(1, Flag.Kind.UNSEEN);
        writer.cells(2).real(12.5).none();
        writer.outputs(1).real(0.25);
        writer.end();
        writer.begin(request(1_700_000_000_000_002L, Outcome.FAILED, "it failed"), 8, 1, null);
        writer.cells(2).none().word("NO");
        writer.outputs(0);
        writer.end();
        writer.flush();

        Instant at = Instant.ofEpochSecond(1_700_000_000, 1000);
        PredictionsMade event = new PredictionsMade(
                PREDICTIONS,
                List.of(
                        new Prediction(
                                7,
                                at,
                                900,
                                Outcome.OK,
                                20,
                                "3fa9",
                                null,
                                null,
                                List.of(new Flag(1, Flag.Kind.UNSEEN)),
                                Arrays.asList(12.5, null),
                                List.of(0.25)),
                        new Prediction(
                                8, at.plusNanos(1000), 900, null, "it failed", Arrays.asList(null, "NO"), List.of())),
                unlogged);
        assertThat(decoded()).isEqualTo(event);
        assertThat(blocks.getFirst()).usingRecursiveComparison().isEqualTo(event.encoded());
    }

    @Test
    void a_block_is_called_after_its_own_first_prediction() {
        PredictionsWriter writer = new PredictionsWriter(PREDICTIONS, () -> Unlogged.NONE, blocks::add);
        String large = "x".repeat(BlockCutter.MOST_BYTES / 2);
        for (long sequence = 1; sequence <= 4; sequence++) {
            writer.begin(request(1, Outcome.OK, null), sequence, 1, null);
            writer.cells(2).none().word(large);
            writer.outputs(1).real(0.25);
            writer.end();
        }
        writer.flush();

        assertThat(blocks)
                .extracting(EncodedBlock::correlation)
                .containsExactly("1a2b-1", "1a2b-2", "1a2b-3", "1a2b-4");
    }

    private static Prediction.Request request(long atMicros, Outcome outcome, String error) {
        return new Prediction.Request(atMicros, 900, outcome, null, error);
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
