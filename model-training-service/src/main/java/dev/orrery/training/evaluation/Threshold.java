package dev.orrery.training.evaluation;

import dev.orrery.contracts.usecase.ValueMatrix;

/// The score from which a decision is positive.
public final class Threshold {

    private Threshold() {}

    /// The threshold at which these rows would have been worth most; of several, the highest.
    /// It lies half-way between two scores, so that a rounding error does not turn a decision.
    public static double best(float[] scores, boolean[] labels, ValueMatrix value) {
        int[] order = Scores.descending(scores);
        double gain = 0;
        double bestGain = 0;
        double best = above(scores[order[0]]);
        for (int i = 0; i < order.length; i++) {
            gain += labels[order[i]]
                    ? value.truePositive() - value.falseNegative()
                    : value.falsePositive() - value.trueNegative();
            boolean lastOfTie = i + 1 == order.length || scores[order[i + 1]] < scores[order[i]];
            if (lastOfTie && gain > bestGain) {
                bestGain = gain;
                best = i + 1 == order.length ? 0 : ((double) scores[order[i]] + scores[order[i + 1]]) / 2;
            }
        }
        return best;
    }

    /// A threshold that no score reaches.
    private static double above(float highest) {
        return highest < 1 ? (1.0 + highest) / 2 : Math.nextUp(1.0);
    }
}
