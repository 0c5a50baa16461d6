package dev.orrery.kit.loop;

import java.time.Duration;

/// How long to wait before trying again: 0.2 seconds, doubled each time, at most 10.
public final class BackOff {

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private Duration next = FIRST;

    /// The pause before the next attempt.
    public Duration next() {
        Duration now = next;
        Duration doubled = now.multipliedBy(2);
        next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return now;
    }

    /// An attempt went well.
    public void reset() {
        next = FIRST;
    }
}
