package dev.orrery.contracts.usecase;

import dev.orrery.contracts.problem.Faulty;

/// What each outcome of a decision is worth, in a currency.
public record ValueMatrix(
        String currency, double truePositive, double falsePositive, double falseNegative, double trueNegative) {

    public ValueMatrix {
        requireFinite("/true_positive", truePositive);
        requireFinite("/false_positive", falsePositive);
        requireFinite("/false_negative", falseNegative);
        requireFinite("/true_negative", trueNegative);
    }

    /// The worth of so many decisions of each kind, per 1,000 decisions.
    public double per1000(long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {
        long decisions = truePositives + falsePositives + falseNegatives + trueNegatives;
        double total = truePositive * truePositives
                + falsePositive * falsePositives
                + falseNegative * falseNegatives
                + trueNegative * trueNegatives;
        return decisions == 0 ? 0 : 1000 * total / decisions;
    }

    private static void requireFinite(String place, double worth) {
        Faulty.unless(Double.isFinite(worth), place, "what an outcome is worth must be a finite number");
    }
}
