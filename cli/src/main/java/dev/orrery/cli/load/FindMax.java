package dev.orrery.cli.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/// Searches the highest rate at which a promise is kept: doubles until it is broken, halves the gap until it is small,
/// and tries what it found once more, going down until it is kept twice. A rate at which it is broken is tried a second
/// time before it is believed: the service may have been cold, or the machine busy.
///
/// @param p99     microseconds, from when a request was due
/// @param failed  the share of requests that may fail
/// @param precise how small the gap between kept and broken has to be, as a share
record FindMax(double p99, double failed, double precise) {

    static final double USUAL_FAILED = 0.001;
    static final double USUAL_PRECISION = 0.05;

    /// Below a request in ten seconds nothing is found.
    private static final double LEAST = 0.1;

    private static final double HIGHEST = 1e6;

    /// @param steps all loads in the order in which they were tried
    /// @param rate  the highest that was kept, and kept again; null when none was
    record Found(List<Measured> steps, Double rate) {}

    Found search(double start, DoubleFunction<Measured> measure) {
        List<Measured> steps = new ArrayList<>();
        double kept = 0;
        double broken = Double.POSITIVE_INFINITY;
        double rate = start;
        while (rate > LEAST && rate < HIGHEST && (kept == 0 || broken / kept > 1 + precise)) {
            if (keeps(measure, rate, steps) || keeps(measure, rate, steps)) {
                kept = rate;
            } else {
                broken = rate;
            }
            rate = next(kept, broken);
        }
        while (kept > LEAST && !keeps(measure, kept, steps)) {
            kept /= 1 + precise;
        }
        return new Found(List.copyOf(steps), kept > LEAST ? kept : null);
    }

    private static double next(double kept, double broken) {
        if (kept == 0) {
            return broken / 2;
        }
        return Double.isInfinite(broken) ? 2 * kept : Math.sqrt(kept * broken);
    }

    private boolean keeps(DoubleFunction<Measured> measure, double rate, List<Measured> steps) {
        Measured measured = measure.apply(rate);
        steps.add(measured);
        return isKept(measured.run());
    }

    boolean isKept(Run run) {
        return run.latency().p99() <= p99 && run.failedShare() <= failed;
    }
}
