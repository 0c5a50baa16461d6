package dev.orrery.contracts.usecase;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What becomes of a request with a value that the dataset's description does not know.
///
/// @param outOfRange of a number or a time outside its column's range
/// @param unseen     of a word that is not in its column's domain
/// @param broken     of a word with half a character in it
public record ServingRules(Treatment outOfRange, Treatment unseen, Treatment broken) {

    /// Everything is answered, and said to be unusual.
    public static final ServingRules LENIENT = new ServingRules(null, null, null);

    public enum Treatment {
        /// It is answered, and the answer and the log say what is unusual.
        @JsonProperty("flag")
        FLAG,
        /// The request is refused, naming the value.
        @JsonProperty("refuse")
        REFUSE
    }

    public ServingRules {
        outOfRange = outOfRange == null ? Treatment.FLAG : outOfRange;
        unseen = unseen == null ? Treatment.FLAG : unseen;
        broken = broken == null ? Treatment.FLAG : broken;
    }
}
