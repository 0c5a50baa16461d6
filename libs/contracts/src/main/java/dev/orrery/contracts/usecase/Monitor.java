package dev.orrery.contracts.usecase;

import dev.orrery.contracts.problem.Faulty;
import java.time.Duration;

/// When a window of predictions is judged, and what counts as drift.
public record Monitor(Window window, Drift drift) {

    public Monitor {
        window = window == null ? new Window(null, null) : window;
        drift = drift == null ? new Drift(null, null, null, null) : drift;
    }

    /// A window closes at this many predictions, or when its first prediction is this old, whichever comes first.
    public record Window(Integer predictions, Duration atMost) {
        public Window {
            predictions = predictions == null ? 500 : predictions;
            atMost = atMost == null ? Duration.ofMinutes(1) : atMost;
            Faulty.unless(
                    predictions >= 1 && atMost.isPositive(),
                    predictions < 1 ? "/predictions" : "/at_most",
                    "monitor: a window needs predictions and at_most above 0");
        }
    }

    /// @param minimum  fewer predictions than this give no verdict
    /// @param alpha    chance of a false alarm in one window, over all its columns together
    /// @param moderate PSI from which a drift is a warning
    /// @param major    PSI from which a drift is critical
    public record Drift(Integer minimum, Double alpha, Double moderate, Double major) {
        public Drift {
            minimum = minimum == null ? 200 : minimum;
            alpha = alpha == null ? 0.001 : alpha;
            moderate = moderate == null ? 0.1 : moderate;
            major = major == null ? 0.25 : major;
            Faulty.unless(
                    minimum >= 1 && alpha > 0 && alpha < 1 && moderate > 0 && major > moderate,
                    "",
                    "monitor: drift needs minimum >= 1, alpha between 0 and 1, and 0 < moderate < major");
        }
    }
}
