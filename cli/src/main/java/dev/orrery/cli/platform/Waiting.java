package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for what the supervisor is about to do.
final class Waiting {

    private static final long PAUSE_MILLIS = 50;

    private Waiting() {}

    /// Looks until what is seen will do, and returns it; what was seen last when time is up.
    static <T> T atMost(Duration patience, Supplier<T> look, Predicate<T> done) {
        long deadline = System.nanoTime() + patience.toNanos();
        T seen = look.get();
        while (!done.test(seen) && System.nanoTime() < deadline) {
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failure("interrupted", e);
            }
            seen = look.get();
        }
        return seen;
    }
}
