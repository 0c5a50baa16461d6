package dev.orrery.training.evaluation;

import dev.orrery.contracts.usecase.ValueMatrix;
import java.math.BigDecimal;

/// The score from which a decision is positive.
public final class Threshold {

    private Threshold() {}

    /// The threshold at which these rows would have been worth most; of several, the highest.
    /// It lies half-way between two scores, so that a rounding error does not turn a decision.
    public static double best(float[] scores, boolean[] labels, ValueMatrix value) {
        int[] order = Scores.descending(scores);
        Gain gain = new Gain(value);
        BigDecimal bestGain = BigDecimal.ZERO;
        double best = above(scores[order[0]]);
        for (int i = 0; i < order.length; i++) {
            gain.add(labels[order[i]]);
            boolean last = i + 1 == order.length;
            if ((last || scores[order[i + 1]] < scores[order[i]]) && gain.sum().compareTo(bestGain) > 0) {
                bestGain = gain.sum();
                best = last ? 0 : ((double) scores[order[i]] + scores[order[i + 1]]) / 2;
            }
        }
        return best;
    }

    /// What positive decisions are worth more than negative ones, in decimals as they are written: in binary, three
    /// losses of 0.1 and a win of 0.3 do not cancel out, and the threshold would follow the rounding error.
    private static final class Gain {

        private final BigDecimal ofPositive;
        private final BigDecimal ofNegative;
        private BigDecimal sum = BigDecimal.ZERO;

        Gain(ValueMatrix value) {
            ofPositive = BigDecimal.valueOf(value.truePositive()).subtract(BigDecimal.valueOf(value.falseNegative()));
            ofNegative = BigDecimal.valueOf(value.falsePositive()).subtract(BigDecimal.valueOf(value.trueNegative()));
        }

        void add(boolean positive) {
            sum = sum.add(positive ? ofPositive : ofNegative);
        }

        BigDecimal sum() {
            return sum;
        }
    }

    /// A threshold that no score reaches.
    private static double above(float highest) {
        return highest < 1 ? (1.0 + highest) / 2 : Math.nextUp(1.0);
    }
}
