package dev.orrery.kit.retention;

import java.time.Duration;
import java.time.Instant;

/// Something that a service keeps for a stated time, and then no more. Every bean of this type is trimmed regularly.
public interface Kept {

    /// What it is, in the plural, as a metric's label: `rejected-rows`.
    String what();

    /// How long it is kept.
    Duration keep();

    /// Removes what came to its end before a time.
    ///
    /// @return how many things were removed
    long trim(Instant before);
}
