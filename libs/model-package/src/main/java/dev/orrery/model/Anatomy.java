package dev.orrery.model;

import dev.orrery.model.graph.TreeEnsemble;
import java.util.List;

/// How a compiled model comes to its answers, for whoever explains them: a row's columns become features, the features
/// become raw sums by weights or by trees, and each answer is read from the sums.
///
/// Features are numbers: a scaled number, a mark of a word, the number that stands for a word in trees. One that is
/// made
/// of several columns belongs to none.
public interface Anatomy {

    /// No column: a feature that is made of several, or of none.
    int NO_COLUMN = -1;

    /// The place, among the card's inputs, of the column that each feature is made of, or [#NO_COLUMN]. Read only.
    int[] columns();

    /// Reads a row's features.
    ///
    /// @param features room for one per feature
    void read(RowBlock rows, int row, float[] features);

    /// How features become raw sums.
    Sums sums();

    /// How each of the outputs that the card binds is read from the raw sums, in the order of its bindings.
    List<Reading> readings();

    /// From features to raw sums.
    sealed interface Sums {}

    /// A sum is its bias and each feature times its weight.
    ///
    /// @param weights for each sum one per feature; read only
    /// @param biases  one for each sum; read only
    record Weights(float[][] weights, float[] biases) implements Sums {}

    /// A sum is its bias and, times the factor, what the leaves add that a row comes to.
    ///
    /// @param factor 1, or one by the number of trees where they are averaged
    /// @param biases one for each of the ensemble's targets; read only
    record Trees(TreeEnsemble ensemble, double factor, float[] biases) implements Sums {}

    /// From raw sums to an answer.
    ///
    /// @param sum      which of them
    /// @param opposite whether the answer is 1 less what the link makes of it
    record Reading(Link link, int sum, boolean opposite) {}

    /// What is made of a raw sum.
    enum Link {
        /// The sum as it is.
        IDENTITY,
        /// 1 / (1 + exp(-sum)).
        LOGISTIC,
        /// Its share of exp(sum) of all sums.
        SOFTMAX
    }
}
