package dev.orrery.cli;

import dev.orrery.cli.client.ServiceProblem;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for what a service is about to do. That something is not there yet, or that a service is just being started
/// again, is no reason to give up early.
///
/// @param what     completes "waited … for"
/// @param atMost   how long
/// @param listener hears what is waited for, again and again
public record Wait(String what, Duration atMost, Consumer<String> listener) {

    private static final Duration PAUSE = Duration.ofMillis(100);

    public static Wait seconds(int atMost, String what) {
        return new Wait(what, Duration.ofSeconds(atMost), _ -> {});
    }

    public Wait telling(Story story) {
        return new Wait(what, atMost, story::waiting);
    }

    /// Looks until what is seen will do.
    ///
    /// @throws Failure with what was seen last
    public <T> T until(Supplier<T> look, Predicate<T> done) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            String seen;
            try {
                T found = look.get();
                if (done.test(found)) {
                    return found;
                }
                seen = "last seen: " + found;
            } catch (ServiceProblem e) {
                if (!e.mayPass()) {
                    throw e;
                }
                seen = "last answer: " + e.getMessage();
            }
            if (System.nanoTime() > deadline) {
                throw new Failure("waited %d s in vain for %s; %s".formatted(atMost.toSeconds(), what, seen));
            }
            listener.accept(what);
            pause();
        }
    }

    /// Tries until it works.
    public <T> T until(Supplier<T> attempt) {
        return until(attempt, _ -> true);
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted while waiting for " + what, e);
        }
    }
}
