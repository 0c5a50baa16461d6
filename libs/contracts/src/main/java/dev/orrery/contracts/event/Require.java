package dev.orrery.contracts.event;

import java.util.List;
import java.util.function.ToLongFunction;

/// The checks that event records make of their numbers.
final class Require {

    private Require() {}

    static void atLeast(String field, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException("%s must be at least %d, not %d".formatted(field, least, value));
        }
    }

    /// @throws IllegalArgumentException when there is no row, or one whose number is not above the one before
    static <T> void rising(String field, List<T> rows, ToLongFunction<T> number) {
        atLeast("rows", rows.size(), 1);
        long before = number.applyAsLong(rows.getFirst());
        for (T row : rows.subList(1, rows.size())) {
            long next = number.applyAsLong(row);
            if (next <= before) {
                throw new IllegalArgumentException("%s %d comes after %d".formatted(field, next, before));
            }
            before = next;
        }
    }

    /// @throws IllegalArgumentException when the parts do not make up the whole
    static void sum(String field, long whole, long... parts) {
        long total = 0;
        for (long part : parts) {
            total += part;
        }
        if (total != whole) {
            throw new IllegalArgumentException("%s is %d, but its parts add up to %d".formatted(field, whole, total));
        }
    }
}
