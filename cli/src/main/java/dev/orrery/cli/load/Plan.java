package dev.orrery.cli.load;

import java.time.Duration;

/// A load.
///
/// @param connections how many requests may be under way at once
/// @param warmUp      how long the same load goes on before it is measured
/// @param timeout     how long an answer may take
public record Plan(Wire wire, Pattern pattern, int connections, Duration warmUp, Duration duration, Duration timeout) {

    private static final int USUAL_CONNECTIONS = 32;
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

    /// Of an open model, with as many connections as usual.
    public static Plan open(Wire wire, double rate, Duration warmUp, Duration duration) {
        return new Plan(wire, new Pattern.Open(rate, false), USUAL_CONNECTIONS, warmUp, duration, USUAL_TIMEOUT);
    }

    /// Of a closed model: each user has a connection.
    public static Plan closed(Wire wire, int users, Duration warmUp, Duration duration) {
        return new Plan(wire, new Pattern.Closed(users), users, warmUp, duration, USUAL_TIMEOUT);
    }

    Plan with(Pattern other) {
        return new Plan(wire, other, connections, warmUp, duration, timeout);
    }
}
