package dev.orrery.cli.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/// One rate after the other, each higher by the same factor, until the service is beyond its knee.
record Ramp(double from, double factor, int most) {

    /// Two steps beyond the knee are enough to see it.
    private static final int BEYOND = 2;

    static final double USUAL_FACTOR = 1.4;
    static final int USUAL_STEPS = 14;

    /// What a step shows once the service keeps up no more: it answers less than so much of what was due, or makes the
    /// better half of all wait so many times as long as at the lowest rate.
    private static final double KEEPS_UP = 0.97;

    private static final double WAITS = 20;

    List<Measured> climb(DoubleFunction<Measured> measure) {
        List<Measured> steps = new ArrayList<>();
        int beyond = 0;
        for (double rate = from; steps.size() < most && beyond < BEYOND; rate *= factor) {
            steps.add(measure.apply(rate));
            beyond += isBeyond(steps.getLast(), steps.getFirst()) ? 1 : 0;
        }
        return steps;
    }

    /// The last rate at which it keeps up, before the first at which it does not; null when it never does.
    static Double knee(List<Measured> steps) {
        Double knee = null;
        for (Measured step : steps) {
            if (isBeyond(step, steps.getFirst())) {
                return knee;
            }
            knee = step.rate();
        }
        return knee;
    }

    private static boolean isBeyond(Measured step, Measured first) {
        return step.run().perSecond() < KEEPS_UP * step.rate()
                || step.run().latency().p50() > WAITS * first.run().latency().p50();
    }
}
