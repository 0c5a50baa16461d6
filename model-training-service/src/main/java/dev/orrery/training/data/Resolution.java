package dev.orrery.training.data;

import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.model.ModelCard.Input;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Whether a model, which takes 32-bit floats, can tell the values of a column apart. Integers are exact up to
/// 16,777,216, and instants of our time are 84 seconds apart at least; beyond that neighbours fall together, in
/// training
/// and in serving alike.
final class Resolution {

    /// So many different values are enough to see it, and few enough to remember.
    private static final int MOST_REMEMBERED = 2_000;
    /// Of all columns together; they share it when they are many.
    private static final int MOST_TOGETHER = 200_000;
    private static final double NEARLY_ALL = 0.9;

    private final List<Input> inputs;
    private final int most;
    private final List<Set<Object>> exact = new ArrayList<>();
    private final List<Set<Float>> told = new ArrayList<>();

    Resolution(List<Input> inputs) {
        this.inputs = inputs;
        this.most = Math.min(MOST_REMEMBERED, MOST_TOGETHER / Math.max(1, inputs.size()));
        inputs.forEach(_ -> {
            exact.add(new HashSet<>());
            told.add(new HashSet<>());
        });
    }

    /// @param value   as it was
    /// @param rounded the same as a model takes it
    void see(int input, Object value, float rounded) {
        if (exact.get(input).size() < most && exact.get(input).add(value)) {
            told.get(input).add(rounded);
        }
    }

    /// What a person should know of the columns.
    ///
    /// @throws UnfitData when a column's values are all the same to a model
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Input input = inputs.get(i);
            int values = exact.get(i).size();
            int apart = told.get(i).size();
            if (values > 1 && apart == 1) {
                throw new UnfitData(
                        "column '%s' has %,d different values that are all one to a model, which takes 32-bit floats: %s"
                                .formatted(input.name(), values, wayOut(input.type())));
            }
            if (apart < NEARLY_ALL * values) {
                warnings.add(
                        "of %,d different values of column '%s' a model, which takes 32-bit floats, tells %,d apart: %s"
                                .formatted(values, input.name(), apart, wayOut(input.type())));
            }
            if (input.type() == ColumnType.DATE || input.type() == ColumnType.TIMESTAMP) {
                warnings.add(("column '%s' is taken as days since 2000, so what is served will lie outside of what was"
                                + " learned as time goes by; an age or a duration does not")
                        .formatted(input.name()));
            }
        }
        return warnings;
    }

    private static String wayOut(ColumnType type) {
        return switch (type) {
            case INTEGER -> "make it a category if it is a name, or subtract what all have in common";
            case TIMESTAMP -> "give it as the time since something else";
            default -> "subtract what all have in common";
        };
    }
}
