package dev.orrery.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// What became of a prediction that was asked for.
public enum Outcome {
    /// It was answered.
    @JsonProperty("ok")
    OK,
    /// The request was refused as wrong, before the model was asked.
    @JsonProperty("invalid")
    INVALID,
    /// The model failed.
    @JsonProperty("failed")
    FAILED,
    /// More was asked than can be answered.
    @JsonProperty("shed")
    SHED;

    private static final Outcome[] ALL = values();

    /// How it is written.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Outcome of(int place) {
        if (place < 0 || place >= ALL.length) {
            throw new IllegalArgumentException("no outcome has the number %d".formatted(place));
        }
        return ALL[place];
    }
}
