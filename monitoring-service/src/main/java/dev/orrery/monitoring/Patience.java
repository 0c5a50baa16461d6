package dev.orrery.monitoring;

import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.function.Supplier;

/// Work that will succeed once something is back, and must not be given up.
public final class Patience {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private Patience() {}

    /// Tries again, ever more seldom, until it succeeds. Only for what is known to be sound: what cannot succeed would
    /// be tried for ever.
    ///
    /// @param what for the log: `evaluation 7 of churn`
    public static <T> T insist(String what, Supplier<T> work) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                Log.warnf("%s failed and is tried again in %s: %s", what, pause, e.getMessage());
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }
}
