package dev.orrery.ceilings;

import dev.orrery.contracts.event.EncodedBlock;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.contracts.event.RowsValidated;
import dev.orrery.contracts.event.RowsWriter;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.DatasetSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;

/// Rows into blocks, and back.
final class BlockPart implements AutoCloseable {

    private final RowsHeader header;
    private final List<EncodedBlock> encoded = new ArrayList<>();
    private long row;

    BlockPart(DatasetSchema schema) {
        header = new RowsHeader(
                "ceiling",
                "ceiling",
                1,
                null,
                schema.columns().stream().map(Column::name).toList());
    }

    /// The blocks of the last rows.
    List<EncodedBlock> encoded() {
        return List.copyOf(encoded);
    }

    long encode(List<List<Object>> rows) {
        encoded.clear();
        RowsWriter writer = RowsWriter.validated(header, encoded::add);
        rows.forEach(cells -> writer.add(++row, "an entity of some length, about thirty", cells));
        writer.flush();
        return rows.size();
    }

    long decode() {
        return encoded.stream().mapToLong(BlockPart::decode).sum();
    }

    private static long decode(EncodedBlock block) {
        Headers headers = EventCodec.encode("ceilings", block, null).headers();
        return ((RowsValidated) EventCodec.decode(headers, block.data())).rows().size();
    }

    @Override
    public void close() {
        encoded.clear();
    }
}
