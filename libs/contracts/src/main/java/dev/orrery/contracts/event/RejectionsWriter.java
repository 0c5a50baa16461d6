package dev.orrery.contracts.event;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.block.BlockCutter;
import dev.orrery.contracts.block.BlockFormat;
import java.util.function.Consumer;

/// Cuts the rejected rows of one batch in one partition into blocks, as they come: [RowsRejected]. Numbers must rise.
public final class RejectionsWriter {

    private final BlockCutter cutter;

    /// @param sink takes each block as soon as it is full
    public RejectionsWriter(RowsHeader header, Consumer<EncodedBlock> sink) {
        this.cutter = new BlockCutter(
                BlockFormat.ROWS_REJECTED,
                header::write,
                (key, rows, block) -> sink.accept(
                        new EncodedBlock(Topic.RECORDS_REJECTED, Block.KIND, key, header.batch(), rows, block)));
    }

    public void add(RowsRejected.Rejected rejected) {
        rejected.write(cutter.begin(rejected.row().entity()));
        cutter.end();
    }

    /// Gives away what is gathered.
    public void flush() {
        cutter.flush();
    }

    /// How many rows wait.
    public int rows() {
        return cutter.rows();
    }
}
