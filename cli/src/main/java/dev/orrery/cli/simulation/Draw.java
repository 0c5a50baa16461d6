package dev.orrery.cli.simulation;

import java.util.Map;

/// Random numbers that depend on a seed, a row and a purpose alone. So a column's draw is the same whatever happens to
/// the other columns, and the same on every machine and JDK (SplitMix64, `StrictMath`).
final class Draw {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    private Draw(long state) {
        this.state = state;
    }

    static Draw of(long seed, long row, String purpose) {
        return new Draw(mix(mix(mix(seed) + row) + purpose.hashCode()));
    }

    /// Evenly from 0 to 1; 1 itself never.
    double uniform() {
        state += GOLDEN_GAMMA;
        return (mix(state) >>> 11) * 0x1.0p-53;
    }

    boolean chance(double probability) {
        return uniform() < probability;
    }

    double normal(double mean, double deviation) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return mean + deviation * radius * StrictMath.cos(2 * StrictMath.PI * uniform());
    }

    double exponential(double mean) {
        return -mean * StrictMath.log(1 - uniform());
    }

    /// How often something rare happened that happens `mean` times on average.
    long poisson(double mean) {
        double limit = StrictMath.exp(-mean);
        double product = uniform();
        long count = 0;
        while (product > limit) {
            product *= uniform();
            count++;
        }
        return count;
    }

    /// One of the words, each with its weight; weights need not add up to 1.
    String word(Map<String, Double> weights) {
        double left = uniform()
                * weights.values().stream().mapToDouble(Double::doubleValue).sum();
        String chosen = null;
        for (Map.Entry<String, Double> weight : weights.entrySet()) {
            chosen = weight.getKey();
            left -= weight.getValue();
            if (left < 0) {
                break;
            }
        }
        return chosen;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
