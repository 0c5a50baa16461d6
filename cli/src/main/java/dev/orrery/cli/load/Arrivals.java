package dev.orrery.cli.load;

import java.util.SplittableRandom;

/// When requests are due, one after the other, whatever became of those before.
interface Arrivals {

    double NANOS_PER_SECOND = 1e9;

    /// When the next one is due, nanoseconds after the beginning; never less than the one before.
    double next();

    /// One every so often.
    static Arrivals constant(double rate) {
        double gap = NANOS_PER_SECOND / rate;
        return new Arrivals() {
            private long count;

            @Override
            public double next() {
                return gap * count++;
            }
        };
    }

    /// As many strangers come who know nothing of each other: gaps that are distributed exponentially.
    static Arrivals poisson(double rate, long seed) {
        double gap = NANOS_PER_SECOND / rate;
        SplittableRandom random = new SplittableRandom(seed);
        return new Arrivals() {
            private double at;

            @Override
            public double next() {
                at -= gap * Math.log1p(-random.nextDouble());
                return at;
            }
        };
    }
}
