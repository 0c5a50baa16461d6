package dev.orrery.contracts.event;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;

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
    SHADOW,
    /// One that this version does not know: a newer one does.
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN;

    /// How it is written.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role of(String word) {
        return Arrays.stream(values())
                .filter(role -> role.word().equals(word))
                .findFirst()
                .orElse(UNKNOWN);
    }
}
