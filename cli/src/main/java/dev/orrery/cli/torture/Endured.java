package dev.orrery.cli.torture;

import dev.orrery.cli.platform.Part;
import java.util.ArrayList;
import java.util.List;

/// What came of a torture of inference.
///
/// @param rate            requests a second that were asked
/// @param slowestSwitch   seconds from the registry's answer to a request that the change answers
/// @param mebibytes       that inference held at each turn
/// @param growth          of the last quarter's memory over that of the second, 0.05 for 5 %; null where there were
///                        too few turns to tell
/// @param faults          what is not as it must be; empty when all is well
record Endured(
        long seed,
        double rate,
        long answered,
        int switches,
        double slowestSwitch,
        List<Part> killed,
        RecordedIds.Count recorded,
        List<Double> mebibytes,
        Double growth,
        List<String> faults) {

    private static final int PARTS = 4;
    private static final int FEWEST_TURNS = 24;
    private static final double MOST_GROWTH = 0.05;

    static Endured of(
            long seed, double rate, Callers callers, Switches switches, Siege siege, RecordedIds.Count recorded) {
        List<String> faults = new ArrayList<>();
        if (callers.failed() > 0) {
            faults.add("%d requests failed, the first of them: %s"
                    .formatted(callers.failed(), String.join("; ", callers.failures())));
        }
        if (callers.differentVersions() < 2) {
            faults.add("only one version answered: " + callers.versions());
        }
        if (recorded.missing() > 0) {
            faults.add("%d predictions were answered and are not on record".formatted(recorded.missing()));
        }
        Double growth = growth(siege.mebibytes());
        if (growth != null && growth > MOST_GROWTH) {
            faults.add("memory grew by %.1f %%".formatted(100 * growth));
        }
        return new Endured(
                seed,
                rate,
                callers.answered(),
                switches.made(),
                switches.slowestSeconds(),
                siege.killed(),
                recorded,
                siege.mebibytes(),
                growth,
                faults);
    }

    /// The first quarter warms up.
    static Double growth(List<Double> mebibytes) {
        int turns = mebibytes.size();
        if (turns < FEWEST_TURNS) {
            return null;
        }
        int quarter = turns / PARTS;
        return mean(mebibytes.subList(turns - quarter, turns)) / mean(mebibytes.subList(quarter, 2 * quarter)) - 1;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
