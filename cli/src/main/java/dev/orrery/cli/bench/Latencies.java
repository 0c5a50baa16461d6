package dev.orrery.cli.bench;

import java.util.concurrent.TimeUnit;

/// How long answers took, counted by the microsecond.
final class Latencies {

    private static final int MOST_MICROS = 1_000_000;

    private final int[] counts = new int[MOST_MICROS + 1];
    private long answered;
    private long refused;

    void add(long nanos, boolean taken) {
        counts[(int) Math.min(TimeUnit.NANOSECONDS.toMicros(nanos), MOST_MICROS)]++;
        answered++;
        refused += taken ? 0 : 1;
    }

    /// @param seconds how long it took together
    Load.Result result(double seconds) {
        return new Load.Result(answered, refused, answered / seconds, quantile(0.5), quantile(0.99));
    }

    private double quantile(double share) {
        long rest = (long) Math.ceil(answered * share);
        int micros = 0;
        while (micros < MOST_MICROS && rest > counts[micros]) {
            rest -= counts[micros++];
        }
        return micros;
    }
}
