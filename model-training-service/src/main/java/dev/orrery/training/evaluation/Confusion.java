package dev.orrery.training.evaluation;

import dev.orrery.contracts.usecase.ValueMatrix;

/// What came of decisions, counted.
public record Confusion(long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {

    /// The outcomes when a score from the threshold on is a positive decision.
    public static Confusion at(double threshold, float[] scores, boolean[] labels) {
        long[] counts = new long[4];
        for (int i = 0; i < scores.length; i++) {
            boolean decision = scores[i] >= threshold;
            counts[(decision ? 0 : 2) + (decision == labels[i] ? 0 : 1)]++;
        }
        return new Confusion(counts[0], counts[1], counts[3], counts[2]);
    }

    /// The outcomes of the same rows if every decision were positive.
    Confusion everybody() {
        return new Confusion(truePositives + falseNegatives, falsePositives + trueNegatives, 0, 0);
    }

    /// The outcomes of the same rows if no decision were positive.
    Confusion nobody() {
        return new Confusion(0, 0, truePositives + falseNegatives, falsePositives + trueNegatives);
    }

    public double valuePer1000(ValueMatrix value) {
        return value.per1000(truePositives, falsePositives, falseNegatives, trueNegatives);
    }
}
