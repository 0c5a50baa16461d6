package dev.orrery.model.compiled;

import java.util.Arrays;

/// Places given out so far, and the columns that what is in them comes from.
final class Places {

    /// Places that a plan may have: each thread that scores has an array of so many.
    private static final int MOST = 1 << 20;

    int[] origins = new int[64];
    int count;

    int add(int places, int origin) {
        if (count + places > MOST) {
            throw new NotCompiled("it has more than %d numbers per row".formatted(MOST));
        }
        origins = count + places > origins.length ? Arrays.copyOf(origins, 2 * (count + places)) : origins;
        Arrays.fill(origins, count, count + places, origin);
        count += places;
        return count - places;
    }
}
