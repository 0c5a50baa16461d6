package dev.orrery.contracts.event;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.block.BlockCutter;
import dev.orrery.contracts.block.BlockFormat;
import dev.orrery.contracts.block.BlockOutput;
import java.util.List;
import java.util.function.Consumer;

/// Cuts the rows of one batch in one partition into blocks, as they come: [RowsIngested] or [RowsValidated].
/// Numbers must rise.
public final class RowsWriter {

    private final BlockCutter cutter;

    private RowsWriter(Topic topic, BlockFormat format, RowsHeader header, Consumer<EncodedBlock> sink) {
        this.cutter = new BlockCutter(
                format,
                header::write,
                (key, rows, block) ->
                        sink.accept(new EncodedBlock(topic, Block.KIND, key, header.batch(), rows, block)));
    }

    /// @param sink takes each block as soon as it is full
    public static RowsWriter ingested(RowsHeader header, Consumer<EncodedBlock> sink) {
        return new RowsWriter(Topic.RECORDS_INGESTED, BlockFormat.ROWS_INGESTED, header, sink);
    }

    /// @param sink takes each block as soon as it is full
    public static RowsWriter validated(RowsHeader header, Consumer<EncodedBlock> sink) {
        return new RowsWriter(Topic.RECORDS_VALIDATED, BlockFormat.ROWS_VALIDATED, header, sink);
    }

    /// @param cells one for each column of the header: null, Boolean, Long, Double or String
    public void add(long number, String entity, List<?> cells) {
        BlockOutput to = cutter.begin(entity);
        to.number(number).text(entity).cells(cells);
        cutter.end();
    }

    /// @param size  how many cells there are: one for each column of the header
    /// @param cells writes each of them
    public void add(long number, String entity, int size, Consumer<BlockOutput> cells) {
        BlockOutput to = cutter.begin(entity);
        cells.accept(to.number(number).text(entity).beginArray(size));
        to.endArray();
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
