package dev.orrery.kit.http;

import java.time.Duration;

/// How large and how slow a body may be.
///
/// @param small       bytes up to which bodies have room of their own
/// @param unannounced bytes that a body without a length is taken for
/// @param patience    the time that each body has
/// @param rate        bytes per second for which it has more
record BodyLimits(long small, long unannounced, Duration patience, long rate) {

    static BodyLimits of(DoorConfig.Bodies config) {
        return new BodyLimits(
                config.small().asLongValue(),
                config.unannounced().asLongValue(),
                config.patience(),
                config.rate().asLongValue());
    }

    /// How much of the budget a body takes.
    ///
    /// @param announced bytes, or [BodyLength#UNKNOWN]
    long room(long announced) {
        return announced == BodyLength.UNKNOWN ? unannounced : announced;
    }

    /// The time that a body may take as a whole.
    ///
    /// @param announced bytes, or [BodyLength#UNKNOWN]
    Duration longest(long announced) {
        return patience.plusMillis(room(announced) * 1000 / rate);
    }

    /// Whether a body has stopped, or comes too slowly as a whole.
    ///
    /// @param stalled since its last byte
    boolean tooSlow(long received, Duration elapsed, Duration stalled) {
        return stalled.compareTo(patience) > 0 || elapsed.compareTo(patience.plusMillis(received * 1000 / rate)) > 0;
    }
}
