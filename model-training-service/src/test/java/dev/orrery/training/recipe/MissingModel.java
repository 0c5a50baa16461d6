package dev.orrery.training.recipe;

import dev.orrery.training.data.Table;
import java.util.List;

/// The worked example of a recipe in `docs/architecture.md`.
record MissingModel(String column) implements Trained {
    @Override
    public float[] score(Table rows) {
        int place = rows.inputs().stream().map(input -> input.name()).toList().indexOf(column);
        float[] scores = new float[rows.size()];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = Float.isNaN(rows.numbers(place)[row]) ? 1 : 0;
        }
        return scores;
    }

    @Override
    public void draw(OnnxGraph graph) {
        String missing = graph.node("IsNaN", List.of(column));
        graph.score("Where", List.of(missing, graph.floats(1), graph.floats(0)));
    }
}
