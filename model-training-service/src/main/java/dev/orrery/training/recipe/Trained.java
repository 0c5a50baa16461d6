package dev.orrery.training.recipe;

import dev.orrery.training.data.Table;
import java.util.List;
import java.util.OptionalDouble;

/// A model as its trainer knows it, before it is a file.
public interface Trained {

    /// What the trainer itself says of rows: the measure that the exported file must meet.
    float[] score(Table rows);

    /// How the model was doing while it learned, one entry per step; empty where it does not learn in steps.
    default List<Double> validationLogLoss() {
        return List.of();
    }

    /// The score from which it says yes, where that is its own; otherwise one is chosen by what it pays.
    default OptionalDouble threshold() {
        return OptionalDouble.empty();
    }

    /// Draws the model into a graph, down to the score.
    void draw(OnnxGraph graph);
}
