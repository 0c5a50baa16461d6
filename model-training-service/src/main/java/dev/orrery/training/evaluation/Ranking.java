package dev.orrery.training.evaluation;

import java.util.Arrays;

/// How well scores put positive rows before negative ones. Rows of the same score count as tied.
public final class Ranking {

    /// The outcomes of all rows that share a score.
    private record Tie(long positives, long negatives) {}

    private final Tie[] ties;
    private final long positives;
    private final long negatives;

    /// @throws IllegalArgumentException when there are not both outcomes, or a score is not a number
    public Ranking(float[] scores, boolean[] labels) {
        this.ties = ties(scores, labels);
        this.positives = Arrays.stream(ties).mapToLong(Tie::positives).sum();
        this.negatives = labels.length - positives;
        if (positives == 0 || negatives == 0) {
            throw new IllegalArgumentException("a ranking needs both outcomes, and all %d rows are %s"
                    .formatted(labels.length, positives == 0 ? "negative" : "positive"));
        }
    }

    /// The chance that a positive row scores above a negative one (a tie counts half): area under the ROC curve.
    public double rocAuc() {
        double wins = 0;
        long negativesBelow = negatives;
        for (Tie tie : ties) {
            negativesBelow -= tie.negatives();
            wins += tie.positives() * (negativesBelow + tie.negatives() / 2.0);
        }
        return wins / ((double) positives * negatives);
    }

    /// Average precision: the area under the precision-recall curve as steps, not as lines.
    public double averagePrecision() {
        double area = 0;
        long truePositives = 0;
        long predicted = 0;
        for (Tie tie : ties) {
            truePositives += tie.positives();
            predicted += tie.positives() + tie.negatives();
            area += (double) tie.positives() / positives * truePositives / predicted;
        }
        return area;
    }

    /// The ties from the highest score to the lowest.
    private static Tie[] ties(float[] scores, boolean[] labels) {
        int[] order = Scores.descending(scores);
        Tie[] ties = new Tie[order.length];
        int count = 0;
        for (int from = 0; from < order.length; ) {
            long positives = 0;
            int to = from;
            for (; to < order.length && scores[order[to]] == scores[order[from]]; to++) {
                positives += labels[order[to]] ? 1 : 0;
            }
            ties[count++] = new Tie(positives, to - from - positives);
            from = to;
        }
        return Arrays.copyOf(ties, count);
    }
}
