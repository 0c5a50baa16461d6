package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.block.BlockInput;
import dev.orrery.contracts.block.BlockOutput;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// One prediction of a block, or its failure.
///
/// @param sequence rises with each prediction of the instance
/// @param at       when it was answered, to the microsecond
/// @param entity   whom it is about (a pseudonym where the key is personal), or null
/// @param failure  why there are no outputs, or null
/// @param cells    what the model was given, one for each column of the block: a missing value is null
/// @param outputs  what it answered, one for each output of the block; empty for a failure
public record Prediction(
        long sequence,
        Instant at,
        long latencyNanos,
        String entity,
        String failure,
        List<Object> cells,
        List<Object> outputs) {

    public Prediction {
        requireNonNull(at, "at");
        requireNonNull(cells, "cells");
        requireNonNull(outputs, "outputs");
        Require.atLeast("sequence", sequence, 0);
        if (outputs.isEmpty() == (failure == null)) {
            throw new IllegalArgumentException("a prediction has either outputs or a failure");
        }
    }

    void write(BlockOutput to) {
        begin(to, sequence, ChronoUnit.MICROS.between(Instant.EPOCH, at), latencyNanos, entity, failure);
        to.cells(cells).cells(outputs);
    }

    static void begin(BlockOutput to, long sequence, long atMicros, long latencyNanos, String entity, String failure) {
        to.number(sequence)
                .number(atMicros)
                .number(latencyNanos)
                .optionalText(entity)
                .optionalText(failure);
    }

    static Prediction read(BlockInput from, PredictionsHeader header) {
        long sequence = from.number();
        Instant at = Instant.EPOCH.plus(from.number(), ChronoUnit.MICROS);
        long latencyNanos = from.number();
        String entity = from.optionalText();
        String failure = from.optionalText();
        List<Object> cells = from.cells(header.columns().size());
        List<Object> outputs = from.cells(failure == null ? header.outputs().size() : 0);
        return new Prediction(sequence, at, latencyNanos, entity, failure, cells, outputs);
    }
}
