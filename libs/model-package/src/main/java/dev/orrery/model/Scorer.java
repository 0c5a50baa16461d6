package dev.orrery.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A model that is loaded and answers. Any number of threads may ask it at once. Whoever loads it closes it, and only
/// when nobody asks any more: closing frees native memory.
public interface Scorer extends AutoCloseable {

    /// Loads a model file.
    ///
    /// @param card what it says of itself
    /// @throws UnusableModel when it is not what its card says
    static Scorer load(Path model, ModelCard card) {
        return Loading.load(model, card, List.of());
    }

    /// Loads a model file, and tries what is compiled of it with its golden rows first.
    ///
    /// @throws UnusableModel when it is not what its card says
    static Scorer load(Path model, ModelCard card, Golden golden) {
        return Loading.load(model, card, golden.rows());
    }

    /// Loads a model file for ONNX Runtime, whatever could be compiled of it: what a compiled one is measured against.
    ///
    /// @throws UnusableModel when it is not what its card says
    static Scorer loadUncompiled(Path model, ModelCard card) {
        return OnnxScorer.load(model, Loading.graph(model), card).because("it was asked for");
    }

    /// What the model says of itself.
    ModelCard card();

    /// What computes its answers.
    Engine engine();

    /// How it comes to its answers; empty for what ONNX Runtime computes, and for graphs that are neither one sum of
    /// weights nor of trees.
    Optional<Anatomy> anatomy();

    /// What the model computes for each row: an array for every output that the card binds, in the order of its
    /// bindings, with one value per row.
    ///
    /// @throws IllegalArgumentException when the rows are for other inputs than the card's
    /// @throws UnusableModel            when the model fails on them
    float[][] score(RowBlock rows);

    @Override
    void close();
}
