package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.block.BlockFormat;
import java.util.List;

/// Rows of one batch in one partition that keep their schema.
///
/// @param rows numbers rise; cells are typed, dates and times are ISO-8601 text, a missing value is null
public record RowsValidated(RowsHeader header, List<Row> rows) implements Block {

    public RowsValidated {
        requireNonNull(header, "header");
        rows = List.copyOf(rows);
        Require.rising("row", rows, Row::number);
    }

    static RowsValidated read(byte[] data) {
        RowsReader reader = RowsReader.validated(data);
        return new RowsValidated(reader.header(), reader.rows());
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public EncodedBlock encoded() {
        return EncodedBlock.of(
                this, BlockFormat.ROWS_VALIDATED, header::write, to -> rows.forEach(row -> row.write(to)));
    }

    @Override
    public Topic topic() {
        return Topic.RECORDS_VALIDATED;
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
