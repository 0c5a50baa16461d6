package dev.orrery.training.data;

import java.util.List;

/// Rows of a dataset version that no part has.
///
/// @param unlabelled rows of which nobody knows yet what happened
/// @param keyless    rows that are about nobody
/// @param unusable   rows with a value that no model can take
public record LeftOut(int unlabelled, int keyless, int unusable) {

    /// None at all.
    public static final LeftOut NONE = new LeftOut(0, 0, 0);

    public int total() {
        return unlabelled + keyless + unusable;
    }

    /// What a person should know of it; that labels are missing is ordinary, and no warning.
    List<String> warnings() {
        return keyless == 0 ? List.of() : List.of("%,d rows without a key were left out".formatted(keyless));
    }
}
