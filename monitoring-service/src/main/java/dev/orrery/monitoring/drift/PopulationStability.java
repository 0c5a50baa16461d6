package dev.orrery.monitoring.drift;

import dev.orrery.contracts.Profile.Bins;
import dev.orrery.contracts.event.EvaluationClosed.Drift;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
final class PopulationStability implements Detector {

    private static final double HALF_A_ROW = 0.5;
    /// Each is found by iteration, and the same few are asked for with every window.
    private static final int MOST_QUANTILES = 1000;

    private record Asked(int freedom, double probability) {}

    private final Map<Asked, Double> quantiles = new ConcurrentHashMap<>();

    @Override
    public Drift compare(Bins reference, long[] counts, double probability) {
        Index index = Index.of(reference.counts(), counts);
        long sampled = Arrays.stream(counts).sum();
        double critical = criticalValue(index.bins(), reference.total(), sampled, probability);
        return new Drift(reference.column(), index.psi(), critical, index.psi() > critical);
    }

    /// The index that chance alone exceeds with the given probability. It is above 0 even where all values lie in one
    /// bin, whose index is 0: such a column has not moved, and is as far from an alarm as can be.
    ///
    /// @param bins how many of them are not empty in both samples
    double criticalValue(int bins, long rows, long sampled, double probability) {
        if (quantiles.size() > MOST_QUANTILES) {
            quantiles.clear();
        }
        double quantile = quantiles.computeIfAbsent(
                new Asked(Math.max(1, bins - 1), probability),
                asked -> ChiSquaredDistribution.of(asked.freedom()).inverseSurvivalProbability(asked.probability()));
        return (1.0 / rows + 1.0 / sampled) * quantile;
    }

    /// The index itself.
    ///
    /// @param bins how many of them are not empty in both samples
    record Index(double psi, int bins) {

        /// @throws IllegalArgumentException when the two were not counted over the same bins
        static Index of(long[] reference, long[] sample) {
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
            return new Index(psi, bins);
        }

        private static double share(long count, long total, int bins) {
            return (count + HALF_A_ROW) / (total + HALF_A_ROW * bins);
        }
    }
}
