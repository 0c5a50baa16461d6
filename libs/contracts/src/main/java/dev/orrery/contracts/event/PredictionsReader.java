package dev.orrery.contracts.event;

import dev.orrery.contracts.block.BlockFormat;
import dev.orrery.contracts.block.BlockInput;
import dev.orrery.contracts.block.Cells;

/// Reads the predictions of a block one after the other, without an object for any number: what [PredictionsMade] holds
/// as a whole. Until the last one is read nobody knows whether the data is whole.
public final class PredictionsReader {

    private final BlockInput input;
    private final PredictionsHeader header;
    private long left;
    private long sequence = -1;
    private long atMicros;
    private boolean failed;

    /// @param data of a [PredictionsMade]
    /// @throws IllegalArgumentException when it does not begin like one
    public PredictionsReader(byte[] data) {
        input = BlockFormat.PREDICTIONS_MADE.read(data);
        header = PredictionsHeader.read(input);
        left = input.beginArray();
        Require.atLeast("rows", left, 1);
    }

    public PredictionsHeader header() {
        return header;
    }

    /// Goes to the next prediction, of which [#values] gives the rest.
    ///
    /// @return false at the end
    /// @throws IllegalArgumentException when the data is damaged
    public boolean next() {
        if (left == 0) {
            input.end();
            return false;
        }
        long before = sequence;
        sequence = input.number();
        if (sequence <= before) {
            throw new IllegalArgumentException("sequence %d comes after %d".formatted(sequence, before));
        }
        atMicros = input.number();
        input.number();
        input.optionalText();
        failed = input.optionalText() != null;
        return true;
    }

    public long sequence() {
        return sequence;
    }

    /// When it was answered, in microseconds since 1970.
    public long atMicros() {
        return atMicros;
    }

    /// Whether it has no outputs.
    public boolean failed() {
        return failed;
    }

    /// Gives what the model was given and what it answered; once for each prediction.
    public void values(Cells cells, Cells outputs) {
        input.cells(header.columns().size(), cells);
        input.cells(failed ? 0 : header.outputs().size(), outputs);
        left = left > 1 ? left - 1 : input.goOnWithArray();
    }
}
