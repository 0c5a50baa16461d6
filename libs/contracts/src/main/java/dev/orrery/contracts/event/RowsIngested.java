package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.block.BlockFormat;
import java.util.List;

/// Rows of one batch in one partition as they were received; nobody has checked them yet.
///
/// @param rows numbers rise; cells are text as it stood in the file, or what a structured source gave
public record RowsIngested(RowsHeader header, List<Row> rows) implements Block {

    public RowsIngested {
        requireNonNull(header, "header");
        rows = List.copyOf(rows);
        Require.rising("row", rows, Row::number);
    }

    static RowsIngested read(byte[] data) {
        RowsReader reader = RowsReader.ingested(data);
        return new RowsIngested(reader.header(), reader.rows());
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public EncodedBlock encoded() {
        return EncodedBlock.of(
                this, BlockFormat.ROWS_INGESTED, header::write, to -> rows.forEach(row -> row.write(to)));
    }

    @Override
    public Topic topic() {
        return Topic.RECORDS_INGESTED;
    }

    @Override
    public String key() {
        return rows.getFirst().entity();
    }

    @Override
    public String correlation() {
        return header.batch();
    }
}
