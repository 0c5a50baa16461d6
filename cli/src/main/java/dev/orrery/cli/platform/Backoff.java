package dev.orrery.cli.platform;

import java.time.Duration;

/// How long to wait before a part that died is started again: twice as long each time, up to a limit.
record Backoff(Duration first, Duration limit) {

    static final Backoff STANDARD = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    /// @param failures how often it has failed in a row, this time included
    Duration after(int failures) {
        Duration pause = first;
        for (int i = 1; i < failures && pause.compareTo(limit) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(limit) < 0 ? pause : limit;
    }
}
