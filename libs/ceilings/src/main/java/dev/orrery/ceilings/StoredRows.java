package dev.orrery.ceilings;

import dev.orrery.contracts.Json;
import dev.orrery.lake.DatasetReader;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a dataset version holds of one batch, read from the lake and not asked of a service. A program, which prints it
/// as JSON.
///
/// @param rows     all of them
/// @param distinct different row numbers among them
public record StoredRows(long rows, long distinct) {

    private static final String BATCH = "_batch";
    private static final String ROW = "_row";

    /// @param args the version's metadata file, its snapshot's id, and the batch
    static void main(String[] args) {
        System.out.println(Json.text(read(DatasetReader.open(args[0], Long.parseLong(args[1])), args[2])));
    }

    static StoredRows read(DatasetReader version, String batch) {
        BitSet seen = new BitSet();
        long rows = 0;
        try (Stream<Map<String, Object>> all = version.only(List.of(BATCH, ROW)).rows()) {
            for (Map<String, Object> row : (Iterable<Map<String, Object>>) all::iterator) {
                if (batch.equals(row.get(BATCH))) {
                    rows++;
                    seen.set(((Number) row.get(ROW)).intValue());
                }
            }
        }
        return new StoredRows(rows, seen.cardinality());
    }
}
