package dev.orrery.model.compiled;

/// A part of a plan.
interface Step {

    /// Does its part for one row.
    ///
    /// @param numbers the row's numbers by their places
    /// @param words   the row's words by their places
    void run(float[] numbers, int[] words);
}
