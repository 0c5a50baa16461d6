package dev.orrery.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How much an alert asks for, from its effect's size.
public enum Severity {
    /// Real, but small.
    @JsonProperty("notice")
    NOTICE,
    @JsonProperty("warning")
    WARNING,
    @JsonProperty("critical")
    CRITICAL
}
