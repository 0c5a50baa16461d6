package dev.orrery.monitoring.drift;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/// How far a sample's shares have moved from a reference's over the same bins, and how far chance alone would move
/// them.
///
/// The population stability index is the sum over the bins of `(q - p) ln(q / p)` with reference shares p and sample
/// shares q (Lewis 1994; Siddiqi 2006). Without drift it follows `(1/N + 1/M) χ²` with one degree of freedom less than
/// there are bins (Yurdakul 2018), so its critical value knows both sample sizes.
///
/// That law needs the logarithm of an empty bin's share. The customary floor of 0.0001 claims far more than some
/// hundred rows can know: a category of 1 % that happens to be absent from 500 rows then alarms 50 to 70 times as
/// often as asked. Here half a row is added to every bin of both samples (Jeffreys' prior) and shares are taken
/// of that; a simulated column then alarms 0.2 to 2.3 times as often as asked, whatever its bins, and twelve columns
/// together 0.9 to 1.2 times, while a new category still counts in full. Bins that are empty in both samples say
/// nothing and are left out.
record Stability(double psi, int bins) {

    private static final double HALF_A_ROW = 0.5;

    /// @throws IllegalArgumentException when the two were not counted over the same bins
    static Stability of(long[] reference, long[] sample) {
        if (reference.length != sample.length) {
            throw new IllegalArgumentException(
                    "%d reference bins cannot be compared with %d".formatted(reference.length, sample.length));
        }
        int bins = 0;
        long rows = 0;
        long sampled = 0;
        for (int i = 0; i < reference.length; i++) {
            bins += reference[i] + sample[i] > 0 ? 1 : 0;
            rows += reference[i];
            sampled += sample[i];
        }
        double psi = 0;
        for (int i = 0; i < reference.length; i++) {
            if (reference[i] + sample[i] > 0) {
                double p = share(reference[i], rows, bins);
                double q = share(sample[i], sampled, bins);
                psi += (q - p) * Math.log(q / p);
            }
        }
        return new Stability(psi, bins);
    }

    /// The index that chance alone exceeds with the given probability. It is above 0 even where all values lie in one
    /// bin, whose index is 0: such a column has not moved, and is as far from an alarm as can be.
    double criticalValue(long rows, long sampled, double probability) {
        double freedom = Math.max(1, bins - 1);
        double quantile = ChiSquaredDistribution.of(freedom).inverseSurvivalProbability(probability);
        return (1.0 / rows + 1.0 / sampled) * quantile;
    }

    private static double share(long count, long total, int bins) {
        return (count + HALF_A_ROW) / (total + HALF_A_ROW * bins);
    }
}
