package dev.orrery.contracts.schema;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a column holds. How each type travels to the lake and into a model is fixed in `docs/architecture.md`.
public enum ColumnType {
    /// A decimal number.
    @JsonProperty("number")
    NUMBER,
    /// A whole number of at most 64 bits.
    @JsonProperty("integer")
    INTEGER,
    /// true/false, yes/no or 1/0, in any case.
    @JsonProperty("boolean")
    BOOLEAN,
    /// One of a few words.
    @JsonProperty("category")
    CATEGORY,
    /// Any words.
    @JsonProperty("text")
    TEXT,
    /// A calendar day, `2026-01-31`.
    @JsonProperty("date")
    DATE,
    /// An instant, `2026-01-31T12:00:00Z`.
    @JsonProperty("timestamp")
    TIMESTAMP;

    /// Whether a model takes the column as a string. All other types reach it as a 32-bit float.
    public boolean isString() {
        return this == CATEGORY || this == TEXT;
    }
}
