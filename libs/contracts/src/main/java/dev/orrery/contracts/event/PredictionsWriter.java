package dev.orrery.contracts.event;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.block.BlockCutter;
import dev.orrery.contracts.block.BlockFormat;
import dev.orrery.contracts.block.BlockOutput;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Cuts predictions into blocks of [PredictionsMade], each encoded as it comes, without an object for any of its
/// values. Sequences must rise.
public final class PredictionsWriter {

    private final PredictionsHeader header;
    private final Consumer<EncodedBlock> sink;
    private final BlockCutter cutter;
    private BlockOutput row;
    private long sequence;
    private long first;

    /// @param unlogged what does not come of the instance, asked whenever a block is cut
    /// @param sink     takes each block as soon as it is full
    public PredictionsWriter(PredictionsHeader header, Supplier<Unlogged> unlogged, Consumer<EncodedBlock> sink) {
        this.header = header;
        this.sink = sink;
        this.cutter = new BlockCutter(
                BlockFormat.PREDICTIONS_MADE,
                header::write,
                block -> unlogged.get().write(block),
                (_, rows, block) -> cut(rows, block));
    }

    /// Begins a prediction. There follow [#flag], as often as there are flags, then [#cells] and the cell of each
    /// column, [#outputs] and each output, and [#end].
    ///
    /// @param weight how many predictions it stands for
    /// @param entity whom it is about, or null
    public void begin(Prediction.Request request, long sequence, double weight, String entity) {
        first = cutter.rows() == 0 ? sequence : first;
        this.sequence = sequence;
        row = cutter.begin(header.instance());
        Prediction.begin(row, request, sequence, weight, entity);
    }

    public void flag(int column, Flag.Kind kind) {
        row.beginArray(1);
        Flag.write(row, column, kind);
    }

    /// The flags are complete; what is returned takes the cells ([BlockOutput#none], [BlockOutput#real] …).
    ///
    /// @param count as many as the header names, or none where they are not known
    public BlockOutput cells(int count) {
        return row.endArray().beginArray(count);
    }

    /// The cells are complete; what is returned takes the outputs.
    ///
    /// @param count as many as the header names, or none where there is no answer
    public BlockOutput outputs(int count) {
        return row.endArray().beginArray(count);
    }

    /// The prediction is complete.
    public void end() {
        row.endArray();
        cutter.end();
    }

    /// Gives away what is gathered.
    public void flush() {
        cutter.flush();
    }

    /// How many predictions wait.
    public int rows() {
        return cutter.rows();
    }

    /// A block was cut before the prediction that is being written, or with it: the next one begins there.
    private void cut(int rows, byte[] block) {
        sink.accept(new EncodedBlock(Topic.PREDICTIONS, Block.KIND, header.instance(), header.id(first), rows, block));
        first = sequence;
    }
}
