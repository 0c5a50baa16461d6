package dev.orrery.inference.job;

import java.util.concurrent.locks.LockSupport;

/// Keeps a job from taking a processor for itself: after each go it rests, for so long that it works no more than its
/// share of the time.
final class Pace {

    private static final int WHOLE = 100;
    private static final long LONGEST_REST_NANOS = 1_000_000_000;

    private final int share;
    private long began = System.nanoTime();

    /// @param share of the time in which it works, in percent
    Pace(int share) {
        this.share = share;
    }

    /// Rests after a go, and begins the next.
    void rest() {
        long worked = System.nanoTime() - began;
        if (share < WHOLE) {
            LockSupport.parkNanos(Math.min(worked * (WHOLE - share) / share, LONGEST_REST_NANOS));
        } else {
            Thread.yield();
        }
        began = System.nanoTime();
    }
}
