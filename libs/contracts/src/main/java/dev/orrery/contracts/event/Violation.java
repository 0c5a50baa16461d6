package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.contracts.block.BlockInput;
import dev.orrery.contracts.block.BlockOutput;
import java.util.Locale;

/// One reason why a row was rejected.
///
/// @param message says what was found and what was expected
public record Violation(String column, Check check, String message) {

    /// What was checked.
    public enum Check {
        /// A value that must be there is missing.
        @JsonProperty("presence")
        PRESENCE,
        /// The text is not of the column's type.
        @JsonProperty("type")
        TYPE,
        /// The word is not among the allowed ones.
        @JsonProperty("domain")
        DOMAIN,
        /// The number or time lies outside the allowed range.
        @JsonProperty("range")
        RANGE,
        /// The row has a column that the schema does not know, or lacks one that it does.
        @JsonProperty("column")
        COLUMN
    }

    public Violation {
        requireNonNull(column, "column");
        requireNonNull(check, "check");
        requireNonNull(message, "message");
    }

    void write(BlockOutput to) {
        to.text(column).text(check.name().toLowerCase(Locale.ROOT)).text(message);
    }

    static Violation read(BlockInput from) {
        return new Violation(from.text(), Check.valueOf(from.text().toUpperCase(Locale.ROOT)), from.text());
    }
}
