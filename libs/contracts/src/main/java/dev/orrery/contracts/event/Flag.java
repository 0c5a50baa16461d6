package dev.orrery.contracts.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.contracts.block.BlockInput;
import dev.orrery.contracts.block.BlockOutput;
import java.util.Locale;

/// Something remarkable about an input of a prediction.
///
/// @param column the place of the input among the columns, from 0 on
public record Flag(int column, Kind kind) {

    /// What is remarkable.
    public enum Kind {
        /// The number or time lies outside the range that the schema allows.
        @JsonProperty("out_of_range")
        OUT_OF_RANGE,
        /// The word is not in the schema's domain, or training never met it.
        @JsonProperty("unseen")
        UNSEEN,
        /// The text holds half a character.
        @JsonProperty("broken_text")
        BROKEN_TEXT,
        /// The value is too long for the log: only its beginning stands here.
        @JsonProperty("cut")
        CUT,
        /// The column is personal: its value does not stand here.
        @JsonProperty("masked")
        MASKED;

        /// As it is written in answers.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Kind[] KINDS = Kind.values();

    public Flag {
        requireNonNull(kind, "kind");
    }

    void write(BlockOutput to) {
        write(to, column, kind);
    }

    static void write(BlockOutput to, int column, Kind kind) {
        to.number(column).number(kind.ordinal());
    }

    static Flag read(BlockInput from) {
        int column = from.smallNumber();
        int kind = from.smallNumber();
        if (kind < 0 || kind >= KINDS.length) {
            throw new IllegalArgumentException("no flag has the number %d".formatted(kind));
        }
        return new Flag(column, KINDS[kind]);
    }
}
