package dev.orrery.monitoring.reference;

import dev.orrery.contracts.Profile;
import dev.orrery.monitoring.drift.Binning;

/// What is known of the reference that a model version is compared with.
public sealed interface Reference {

    /// Nobody has said yet; it is being asked for.
    record Pending() implements Reference {}

    /// The version has none: its windows cannot be judged.
    record Absent() implements Reference {}

    /// The version has one that nothing can be compared with: its windows cannot be judged either.
    record Unusable(String reason) implements Reference {}

    /// @param binning over what is known of the version, made once
    record Known(Binning binning) implements Reference {
        public Known(Profile profile) {
            this(new Binning(profile));
        }

        public Profile profile() {
            return binning.profile();
        }
    }

    /// What predictions are counted over now; null where there is nothing.
    default Binning binningOrNull() {
        return this instanceof Known known ? known.binning() : null;
    }
}
