package dev.orrery.inference.prediction;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/// How many values lie in each of some buckets. Any thread may count, and none waits or makes an object. Values are
/// whole billionths: nanoseconds, or scores times a billion.
final class Histogram {

    static final double UNIT = 1e-9;

    private final long[] bounds;
    /// One for each bound, and one for what lies above them.
    private final LongAdder[] counts;
    private final LongAdder sum = new LongAdder();

    /// What was counted until a moment.
    ///
    /// @param upTo how many values were at most each bound; the last, how many there were
    /// @param sum  of all values, in units of one
    record Counted(double[] bounds, long[] upTo, double sum) {

        long count() {
            return upTo[upTo.length - 1];
        }
    }

    /// @param bounds rising
    Histogram(long... bounds) {
        this.bounds = bounds;
        counts = new LongAdder[bounds.length + 1];
        Arrays.setAll(counts, place -> new LongAdder());
    }

    void add(long value) {
        int place = 0;
        while (place < bounds.length && value > bounds[place]) {
            place++;
        }
        counts[place].increment();
        sum.add(value);
    }

    long count() {
        long count = 0;
        for (LongAdder bucket : counts) {
            count += bucket.sum();
        }
        return count;
    }

    /// Of all values, in billionths.
    long sum() {
        return sum.sum();
    }

    Counted counted() {
        double[] scaled =
                Arrays.stream(bounds).mapToDouble(bound -> bound * UNIT).toArray();
        long[] upTo = Arrays.stream(counts).mapToLong(LongAdder::sum).toArray();
        Arrays.parallelPrefix(upTo, Long::sum);
        return new Counted(scaled, upTo, sum.sum() * UNIT);
    }
}
