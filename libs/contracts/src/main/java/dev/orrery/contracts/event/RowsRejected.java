package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.block.BlockFormat;
import dev.orrery.contracts.block.BlockInput;
import dev.orrery.contracts.block.BlockOutput;
import java.util.List;

/// Rows of one batch in one partition that broke their schema, each with every reason. An ordinary outcome, not a
/// failure.
///
/// @param rows numbers rise
public record RowsRejected(RowsHeader header, List<Rejected> rows) implements Block {

    /// @param row     as it was received
    /// @param reasons why it was refused, at least one
    public record Rejected(Row row, List<Violation> reasons) {

        public Rejected {
            requireNonNull(row, "row");
            reasons = List.copyOf(reasons);
            Require.atLeast("reasons", reasons.size(), 1);
        }

        void write(BlockOutput to) {
            row.write(to);
            to.beginArray(reasons.size());
            reasons.forEach(reason -> reason.write(to));
            to.endArray();
        }

        private static Rejected read(BlockInput from, int columns) {
            return new Rejected(Row.read(from, columns), from.items(Violation::read));
        }
    }

    public RowsRejected {
        requireNonNull(header, "header");
        rows = List.copyOf(rows);
        Require.rising("row", rows, rejected -> rejected.row().number());
    }

    static RowsRejected read(byte[] data) {
        BlockInput input = BlockFormat.ROWS_REJECTED.read(data);
        RowsHeader header = RowsHeader.read(input);
        List<Rejected> rows =
                input.items(from -> Rejected.read(from, header.columns().size()));
        input.end();
        return new RowsRejected(header, rows);
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public EncodedBlock encoded() {
        return EncodedBlock.of(
                this, BlockFormat.ROWS_REJECTED, header::write, to -> rows.forEach(row -> row.write(to)));
    }

    @Override
    public Topic topic() {
        return Topic.RECORDS_REJECTED;
    }

    @Override
    public String key() {
        return rows.getFirst().row().entity();
    }

    @Override
    public String correlation() {
        return header.batch();
    }
}
