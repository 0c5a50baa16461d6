package dev.orrery.ingest.csv;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Whether a row fits into one Kafka record, whose limit is 1 MiB by default, in a block of its own. Computed from
/// above, never from below: what becomes of the row when it is judged is not much larger.
final class RowSize {

    static final int MAX_BYTES = 1_000_000;

    /// Headers of the record, and what a block says besides columns and rows.
    private static final int ENVELOPE_BYTES = 2_000;
    /// What a cell may take besides its text: its kind and its length, or a double where the text was short.
    private static final int CELL_BYTES = 10;
    /// The key may be repeated as the row's entity, as the record's key and as the subject of the envelope.
    private static final int KEY_COPIES = 3;

    private RowSize() {}

    /// What the column names add to each block.
    static long ofHeader(List<String> names) {
        return names.stream()
                .mapToLong(name -> name.getBytes(StandardCharsets.UTF_8).length + CELL_BYTES)
                .sum();
    }

    static boolean fits(Fields row, int keyColumn, long headerBytes) {
        return ENVELOPE_BYTES
                        + headerBytes
                        + (long) KEY_COPIES * row.bytes(keyColumn)
                        + row.bytes()
                        + (long) CELL_BYTES * row.size()
                <= MAX_BYTES;
    }
}
