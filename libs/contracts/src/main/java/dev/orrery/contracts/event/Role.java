package dev.orrery.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The part a model version plays at an endpoint.
public enum Role {
    /// It answers.
    @JsonProperty("champion")
    CHAMPION,
    /// It answers a share.
    @JsonProperty("canary")
    CANARY,
    /// It is asked, but its answer is only recorded.
    @JsonProperty("shadow")
    SHADOW
}
