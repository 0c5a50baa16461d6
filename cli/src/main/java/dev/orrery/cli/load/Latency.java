package dev.orrery.cli.load;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/// How long something took, microseconds; all 0 where nothing was measured.
///
/// @param count of how many
/// @param curve points from the fastest to the slowest, closer together towards the end
public record Latency(
        long count,
        double mean,
        double p50,
        double p90,
        double p99,
        double p999,
        double p9999,
        double max,
        List<Point> curve) {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final int TICKS_PER_HALVING = 5;

    /// @param share of all that took at most so long, 0 to 1
    public record Point(double share, double micros) {}

    public Latency {
        curve = List.copyOf(curve);
    }

    static Latency of(Histogram nanos) {
        List<Point> curve = new ArrayList<>();
        nanos.percentiles(TICKS_PER_HALVING)
                .forEach(value -> curve.add(new Point(
                        value.getPercentileLevelIteratedTo() / 100, value.getValueIteratedTo() / NANOS_PER_MICRO)));
        return new Latency(
                nanos.getTotalCount(),
                nanos.getTotalCount() == 0 ? 0 : nanos.getMean() / NANOS_PER_MICRO,
                micros(nanos, 0.5),
                micros(nanos, 0.9),
                micros(nanos, 0.99),
                micros(nanos, 0.999),
                micros(nanos, 0.9999),
                micros(nanos, 1),
                curve);
    }

    static double micros(Histogram nanos, double share) {
        return nanos.getTotalCount() == 0 ? 0 : nanos.getValueAtPercentile(100 * share) / NANOS_PER_MICRO;
    }
}
