package dev.orrery.training.evaluation;

import java.util.Arrays;

/// The order of scores.
final class Scores {

    private static final long LOW_HALF = 0xFFFFFFFFL;

    private Scores() {}

    /// The places of the scores from the highest to the lowest; equal scores in their order.
    ///
    /// @throws IllegalArgumentException when one is not a probability
    static int[] descending(float[] scores) {
        long[] keys = new long[scores.length];
        for (int i = 0; i < scores.length; i++) {
            if (!(scores[i] >= 0 && scores[i] <= 1)) {
                throw new IllegalArgumentException("row %d scores %s, which is no probability".formatted(i, scores[i]));
            }
            // The bits of floats of 0 and above sort as the floats do; complemented, the highest comes first.
            keys[i] = (~(long) Float.floatToIntBits(scores[i]) & LOW_HALF) << Integer.SIZE | i;
        }
        Arrays.sort(keys);
        int[] order = new int[scores.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) keys[i];
        }
        return order;
    }
}
