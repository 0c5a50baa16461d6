package dev.orrery.cli.load;

import java.util.concurrent.locks.LockSupport;

/// Waits for a moment as exactly as a thread can that leaves the processor to others meanwhile.
final class Punctual {

    /// A sleeping thread comes some 55 µs late on Linux, whose timers have a slack of 50.
    private static final long SLACK_NANOS = 55_000;

    /// What is not worth going to sleep for.
    private static final long MOMENT_NANOS = 15_000;

    private Punctual() {}

    /// @param due in nanoseconds of [System#nanoTime]
    /// @return how late it is, nanoseconds
    static long await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (left > MOMENT_NANOS) {
                LockSupport.parkNanos(Math.max(1, left - SLACK_NANOS));
            } else {
                Thread.onSpinWait();
            }
        }
        return System.nanoTime() - due;
    }
}
