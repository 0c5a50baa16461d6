package dev.orrery.cli.bench;

import dev.orrery.cli.load.Run;
import java.util.List;

/// How soon after its first request an instance is as fast as it will be.
///
/// @param perSecond answers in each second
/// @param early     of the second that ends ten seconds after the beginning and the one before, answers a second
/// @param late      the same of the last sixth of the time
/// @param share     the one of the other
record ColdStart(String model, List<Long> perSecond, double early, double late, double share) {

    private static final int EARLY = 10;
    private static final int EARLY_SECONDS = 2;
    private static final int LATE_PART = 6;

    static ColdStart of(String model, Run run) {
        List<Long> seconds = run.seconds().stream().map(Run.Second::answered).toList();
        int end = Math.min(EARLY, seconds.size());
        double early = average(seconds.subList(Math.max(0, end - EARLY_SECONDS), end));
        double late =
                average(seconds.subList(seconds.size() - Math.max(1, seconds.size() / LATE_PART), seconds.size()));
        return new ColdStart(model, seconds, early, late, early / late);
    }

    private static double average(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).average().orElse(0);
    }
}
