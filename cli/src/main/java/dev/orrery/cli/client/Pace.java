package dev.orrery.cli.client;

import dev.orrery.cli.Failure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// How fast rows are sent.
final class Pace {

    private static final int MOST_AT_ONCE = 100;
    private static final int REQUESTS_A_SECOND = 10;

    private final Double rate;
    private final long start = System.nanoTime();

    /// @param rate rows in a second; null when there is no limit
    Pace(Double rate) {
        this.rate = rate;
    }

    /// How many rows go into one request: at a low rate few, so that they come evenly.
    int atOnce() {
        return rate == null ? MOST_AT_ONCE : (int) Math.clamp(rate / REQUESTS_A_SECOND, 1, MOST_AT_ONCE);
    }

    /// Whether rows are due at times of their own.
    boolean isGiven() {
        return rate != null;
    }

    double seconds() {
        return (System.nanoTime() - start) / (double) Duration.ofSeconds(1).toNanos();
    }

    /// Waits until it is time for the row after so many.
    void await(long sent) {
        if (rate == null) {
            return;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(Math.round(1000 * (sent / rate - seconds())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted after %d rows".formatted(sent), e);
        }
    }
}
