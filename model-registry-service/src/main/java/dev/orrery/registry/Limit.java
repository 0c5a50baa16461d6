package dev.orrery.registry;

import dev.orrery.kit.problem.Invalid;

/// How many items a list gives at once.
public final class Limit {

    private static final int PRESET = 100;
    private static final int MOST = 1000;

    private Limit() {}

    public static int of(Integer wanted) {
        if (wanted == null) {
            return PRESET;
        }
        if (wanted < 1 || wanted > MOST) {
            throw new Invalid("limit must be between 1 and %d, not %d".formatted(MOST, wanted));
        }
        return wanted;
    }
}
