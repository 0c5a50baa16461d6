package dev.orrery.registry.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// Why an endpoint came to a state.
///
/// @param by       who decided
/// @param reason   why; null where nobody said
/// @param evidence what each version proved that runs from then on
public record Decision(Change change, String by, String reason, List<Evidence> evidence) {

    /// How an endpoint came to a state.
    public enum Change {
        /// A version was promoted, and serves alone.
        @JsonProperty("promoted")
        PROMOTED,
        /// Its slots were listed.
        @JsonProperty("put")
        PUT,
        /// An earlier state was wanted back.
        @JsonProperty("rolled_back")
        ROLLED_BACK,
        /// Nothing should run there any more.
        @JsonProperty("withdrawn")
        WITHDRAWN
    }

    /// What a version proved when it was examined.
    ///
    /// @param packageDigest         SHA-256 over the lines `digest path` of all files, in order of path
    /// @param goldenWorstDifference of a golden answer, between the trainer's and ours, relative to what is above 1
    public record Evidence(
            String model, int version, String packageDigest, int goldenRows, double goldenWorstDifference) {}
}
