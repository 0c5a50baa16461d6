package dev.orrery.contracts.event;

/// The checks that event records make of their numbers.
final class Require {

    private Require() {}

    static void atLeast(String field, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException("%s must be at least %d, not %d".formatted(field, least, value));
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
