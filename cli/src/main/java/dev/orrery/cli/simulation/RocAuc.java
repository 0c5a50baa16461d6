package dev.orrery.cli.simulation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// The area under the ROC curve: how probably a random positive is ranked above a random negative.
public final class RocAuc {

    private RocAuc() {}

    /// Of scores against what really happened. NaN when nothing, or everything, is positive.
    public static double of(double[] scores, boolean[] labels) {
        double[] positive = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            positive[i] = labels[i] ? 1 : 0;
        }
        return weighted(scores, positive);
    }

    /// Of the true probabilities, before anything has happened: no score can be expected to rank better.
    public static double expected(double[] probabilities) {
        return weighted(probabilities, probabilities);
    }

    /// Each row counts as positive with a weight, as negative with the rest. Equal scores count half.
    private static double weighted(double[] scores, double[] positive) {
        Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
        double negativesBelow = 0;
        double won = 0;
        double positives = 0;
        int from = 0;
        while (from < order.length) {
            double tiedPositives = 0;
            double tiedNegatives = 0;
            int to = from;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                tiedPositives += positive[order[to]];
                tiedNegatives += 1 - positive[order[to]];
                to++;
            }
            won += tiedPositives * (negativesBelow + tiedNegatives / 2);
            negativesBelow += tiedNegatives;
            positives += tiedPositives;
            from = to;
        }
        return won / (positives * negativesBelow);
    }
}
