package dev.orrery.cli.load;

import dev.orrery.cli.Surroundings;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// Runs and reports without a load.
final class Made {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int SECONDS = 20;
    private static final int PER_SECOND = 100;

    private Made() {}

    /// @param micros what every answer takes, give or take a fifth
    /// @param failed requests
    static Measured measured(double rate, double micros, int failed) {
        return new Measured(rate, null, run(micros, failed, 1), new Own.Cost(10, 0), null, List.of());
    }

    static Run run(double micros, int failed, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Recording recording = new Recording(0, SECONDS * SECOND);
        for (int i = 0; i < SECONDS * PER_SECOND; i++) {
            long due = i * SECOND / PER_SECOND;
            long took = (long) (1e3 * micros * random.nextDouble(0.8, 1.2));
            if (i < failed) {
                recording.failed(Fault.status(503, "<full> & busy"), due, due + took);
            } else {
                recording.answered(due, due, due + took);
            }
        }
        return Run.of(recording);
    }

    static Report report(Report.Kind kind, Measured... runs) {
        return new Report(
                kind,
                "churn",
                Protocol.REST,
                1,
                64,
                "rows of <a file>",
                100,
                3,
                Surroundings.now(),
                List.of(runs),
                null,
                null,
                null);
    }
}
