package dev.orrery.inference.prediction;

import dev.orrery.model.Output;
import java.util.List;
import java.util.Objects;

/// How far two versions' answers about one row are from each other, over the outputs that both have.
///
/// @param difference   of the output in which they differ most: of probabilities, and of numbers relative to what is
///                     above 1
/// @param sameDecision whether they decide alike, if they decide
record Agreement(double difference, boolean sameDecision) {

    static Agreement of(Answer answer, Answer other, int row) {
        List<Output> outputs = answer.serving().card().outputs();
        double difference = 0;
        boolean same = true;
        for (int place = 0; place < outputs.size(); place++) {
            int there = place(outputs.get(place), other);
            if (there >= 0) {
                Object said = answer.value(place, row);
                Object says = other.value(there, row);
                if (said instanceof Float a && says instanceof Float b) {
                    difference = Math.max(difference, Math.abs(a - b) / Math.max(1, Math.abs(a)));
                } else {
                    same &= Objects.equals(said, says);
                }
            }
        }
        return new Agreement(difference, same);
    }

    private static int place(Output output, Answer in) {
        return in.header().outputs().indexOf(output.name());
    }
}
