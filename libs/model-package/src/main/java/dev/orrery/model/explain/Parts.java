package dev.orrery.model.explain;

import java.util.Arrays;

/// A sum and what it is made of.
///
/// @param base          where it begins
/// @param contributions what each column adds
record Parts(double base, double[] contributions) {

    double sum() {
        return base + Arrays.stream(contributions).sum();
    }
}
