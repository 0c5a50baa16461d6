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
    private Outcome outcome;
    private double weight;
    private Unlogged unlogged;

    /// @param data of a [PredictionsMade]
    /// @throws IllegalArgumentException when it does not begin like one
    public PredictionsReader(byte[] data) {
        input = BlockFormat.PREDICTIONS_MADE.read(data);
        header = PredictionsHeader.read(input);
        left = input.beginArray();
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
            if (unlogged == null) {
                unlogged = Unlogged.read(input);
                input.end();
            }
            return false;
        }
        long before = sequence;
        sequence = input.number();
        if (sequence <= before) {
            throw new IllegalArgumentException("sequence %d comes after %d".formatted(sequence, before));
        }
        atMicros = input.number();
        input.number();
        outcome = Outcome.of(input.smallNumber());
        weight = input.decimal();
        input.skipOptionalText();
        input.skipOptionalText();
        input.skipOptionalText();
        skipFlags();
        return true;
    }

    public long sequence() {
        return sequence;
    }

    /// When it was answered, in microseconds since 1970.
    public long atMicros() {
        return atMicros;
    }

    /// What became of it: only one that is OK has outputs.
    public Outcome outcome() {
        return outcome;
    }

    /// How many predictions it stands for.
    public double weight() {
        return weight;
    }

    /// What does not come of the instance; known at the end.
    public Unlogged unlogged() {
        return unlogged;
    }

    /// Gives what the model was given and what it answered; once for each prediction.
    public void values(Cells cells, Cells outputs) {
        boolean ok = outcome == Outcome.OK;
        input.cells(header.columns().size(), !ok, cells);
        input.cells(ok ? header.outputs().size() : 0, false, outputs);
        left = left > 1 ? left - 1 : input.goOnWithArray();
    }

    private void skipFlags() {
        for (long more = input.beginArray(); more != 0; more = input.goOnWithArray()) {
            for (long i = 0; i < more; i++) {
                Flag.read(input);
            }
        }
    }
}
