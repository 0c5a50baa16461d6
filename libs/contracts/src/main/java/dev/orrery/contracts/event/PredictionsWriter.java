package dev.orrery.contracts.event;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.block.BlockCutter;
import dev.orrery.contracts.block.BlockFormat;
import dev.orrery.contracts.block.BlockOutput;
import java.util.function.Consumer;

/// Cuts predictions into blocks of [PredictionsMade], each encoded as it comes, without an object for any of its
/// values.
/// Sequences must rise.
public final class PredictionsWriter {

    private final PredictionsHeader header;
    private final BlockCutter cutter;
    private BlockOutput row;

    /// @param sink takes each block as soon as it is full
    public PredictionsWriter(PredictionsHeader header, Consumer<EncodedBlock> sink) {
        this.header = header;
        this.cutter = new BlockCutter(
                BlockFormat.PREDICTIONS_MADE,
                header::write,
                (key, rows, block) -> sink.accept(
                        new EncodedBlock(Topic.PREDICTIONS, Block.KIND, header.instance(), key, rows, block)));
    }

    /// Begins a prediction. What is returned takes the cell of each column ([BlockOutput#none], [BlockOutput#real] …),
    /// then
    /// [#outputs] the outputs, then comes [#end].
    ///
    /// @param atMicros when it was answered, in microseconds since 1970
    /// @param entity   whom it is about, or null
    /// @param failure  why it has no outputs, or null
    public BlockOutput begin(long sequence, long atMicros, long latencyNanos, String entity, String failure) {
        row = cutter.begin(header.id(sequence));
        Prediction.begin(row, sequence, atMicros, latencyNanos, entity, failure);
        return row.beginArray(header.columns().size());
    }

    /// The cells are complete; what is returned takes the outputs.
    ///
    /// @param count as many as the header names, or none for a failure
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
}
