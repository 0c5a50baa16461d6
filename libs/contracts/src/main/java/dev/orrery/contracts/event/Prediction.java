package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.orrery.contracts.block.BlockInput;
import dev.orrery.contracts.block.BlockOutput;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// One prediction of a block, or why there is none.
///
/// @param sequence    rises with each prediction of the instance
/// @param at          when it was answered, to the microsecond
/// @param weight      how many predictions it stands for: more than one where only a share of them is logged
/// @param entity      whom it is about (a pseudonym where the key is personal), or null
/// @param traceparent the caller's W3C trace context, or null
/// @param error       why there are no outputs; null where there are
/// @param flags       what is remarkable about inputs
/// @param cells       what the model was given, one for each column of the block: a missing value is null; empty where
///                    a request was refused before its rows were read
/// @param outputs     what it answered, one for each output of the block; empty unless the outcome is OK
public record Prediction(
        long sequence,
        Instant at,
        long latencyNanos,
        Outcome outcome,
        double weight,
        String entity,
        String traceparent,
        String error,
        List<Flag> flags,
        List<Object> cells,
        List<Object> outputs) {

    public Prediction {
        requireNonNull(at, "at");
        requireNonNull(outcome, "outcome");
        requireNonNull(cells, "cells");
        requireNonNull(outputs, "outputs");
        flags = List.copyOf(flags);
        Require.atLeast("sequence", sequence, 0);
        boolean ok = outcome == Outcome.OK;
        if (outputs.isEmpty() == ok || (error == null) != ok) {
            throw new IllegalArgumentException("a prediction has either outputs or an error");
        }
    }

    /// One that stands for itself, of a caller without a trace.
    ///
    /// @param failure why the model failed; null where it answered
    public Prediction(
            long sequence,
            Instant at,
            long latencyNanos,
            String entity,
            String failure,
            List<Object> cells,
            List<Object> outputs) {
        this(
                sequence,
                at,
                latencyNanos,
                failure == null ? Outcome.OK : Outcome.FAILED,
                1,
                entity,
                null,
                failure,
                List.of(),
                cells,
                outputs);
    }

    void write(BlockOutput to) {
        long atMicros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
        Request request = new Request(atMicros, latencyNanos, outcome, traceparent, error);
        begin(to, request, sequence, weight, entity);
        to.beginArray(flags.size());
        flags.forEach(flag -> flag.write(to));
        to.endArray().cells(cells).cells(outputs);
    }

    /// What the rows of one request share.
    ///
    /// @param atMicros    when it was answered, in microseconds since 1970
    /// @param traceparent the caller's W3C trace context, or null
    /// @param error       why there are no outputs; null where there are
    public record Request(long atMicros, long latencyNanos, Outcome outcome, String traceparent, String error) {}

    static void begin(BlockOutput to, Request request, long sequence, double weight, String entity) {
        to.number(sequence)
                .number(request.atMicros())
                .number(request.latencyNanos())
                .number(request.outcome().ordinal())
                .decimal(weight)
                .optionalText(entity)
                .optionalText(request.traceparent())
                .optionalText(request.error());
    }

    static Prediction read(BlockInput from, PredictionsHeader header) {
        long sequence = from.number();
        Instant at = Instant.EPOCH.plus(from.number(), ChronoUnit.MICROS);
        long latencyNanos = from.number();
        Outcome outcome = Outcome.of(from.smallNumber());
        double weight = from.decimal();
        String entity = from.optionalText();
        String traceparent = from.optionalText();
        String error = from.optionalText();
        List<Flag> flags = from.items(Flag::read);
        boolean ok = outcome == Outcome.OK;
        List<Object> cells = from.cells(header.columns().size(), !ok);
        List<Object> outputs = from.cells(ok ? header.outputs().size() : 0, false);
        return new Prediction(
                sequence, at, latencyNanos, outcome, weight, entity, traceparent, error, flags, cells, outputs);
    }
}
