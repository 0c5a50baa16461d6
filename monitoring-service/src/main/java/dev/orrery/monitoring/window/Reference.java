package dev.orrery.monitoring.window;

import dev.orrery.contracts.Profile;

/// What is known of the reference that a model version is compared with.
public sealed interface Reference {

    /// Nobody has said yet; it is being asked for.
    record Pending() implements Reference {}

    /// The version has none: its windows cannot be judged.
    record Absent() implements Reference {}

    /// The version has one that nothing can be compared with: its windows cannot be judged either.
    record Unusable(String reason) implements Reference {}

    record Known(Profile profile) implements Reference {}
}
