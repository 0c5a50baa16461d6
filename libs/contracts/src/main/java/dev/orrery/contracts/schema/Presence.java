package dev.orrery.contracts.schema;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Whether a row without the value is refused.
public enum Presence {
    @JsonProperty("required")
    REQUIRED,
    @JsonProperty("optional")
    OPTIONAL
}
