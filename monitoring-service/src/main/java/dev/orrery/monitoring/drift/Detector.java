package dev.orrery.monitoring.drift;

import dev.orrery.contracts.Profile.Bins;
import dev.orrery.contracts.event.EvaluationClosed.Drift;

/// A way to tell whether a column of a window has moved from its reference. Another way is another of these, and one
/// line where it is permitted.
public sealed interface Detector permits PopulationStability {

    /// What all columns are judged by unless something else is asked for.
    Detector USUAL = new PopulationStability();

    /// Compares a column.
    ///
    /// @param reference   what the model version saw when it was made
    /// @param counts      the window's predictions over the same bins
    /// @param probability so often may chance alone call it a drift
    Drift compare(Bins reference, long[] counts, double probability);
}
