package dev.orrery.model.explain;

/// A number that a model adds up from a row's features, so that it can be said which feature adds what.
sealed interface Adding permits AddingWeights, AddingTrees {

    /// What it says of a row of which nothing is known.
    double base();

    /// Adds what each feature contributes to a row.
    void add(float[] features, double[] contributions);

    /// What it says of a row.
    double of(float[] features);
}
