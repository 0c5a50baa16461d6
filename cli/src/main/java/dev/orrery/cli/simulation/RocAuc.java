package dev.orrery.cli.simulation;

/// The area under the ROC curve: how probably a random positive is ranked above a random negative.
///
/// Scores lie between 0 and 1 and are told apart to the 65,536th part, so that any number of rows takes the same
/// memory. Rows that are not told apart count half.
public final class RocAuc {

    private static final int STEPS = 1 << 16;

    private final double[] positives = new double[STEPS + 1];
    private final double[] negatives = new double[STEPS + 1];

    /// Adds a row's score, and what really happened.
    public void add(double score, boolean label) {
        add(score, label ? 1 : 0);
    }

    /// Adds a row's true probability, before anything has happened: it is positive as often as that. No score can be
    /// expected to rank better than these.
    void addChance(double probability) {
        add(probability, probability);
    }

    /// The area; NaN when nothing, or everything, is positive.
    public double value() {
        double negativesBelow = 0;
        double allPositives = 0;
        double won = 0;
        for (int step = 0; step <= STEPS; step++) {
            won += positives[step] * (negativesBelow + negatives[step] / 2);
            negativesBelow += negatives[step];
            allPositives += positives[step];
        }
        return won / (allPositives * negativesBelow);
    }

    private void add(double score, double positive) {
        int step = (int) Math.round(score * STEPS);
        positives[step] += positive;
        negatives[step] += 1 - positive;
    }
}
