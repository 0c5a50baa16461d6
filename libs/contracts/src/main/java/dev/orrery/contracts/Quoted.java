package dev.orrery.contracts;

/// How a value is shown in a message: in quotes, and not longer than a person reads.
public final class Quoted {

    private static final int LONGEST = 50;

    private Quoted() {}

    /// The text in quotes; beyond 50 characters it is cut and ends in `…`.
    public static String of(String text) {
        if (text.codePointCount(0, text.length()) <= LONGEST) {
            return "'" + text + "'";
        }
        // Cut between characters, never inside one that takes two chars: half of one cannot be written as UTF-8.
        return "'" + text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…'";
    }
}
