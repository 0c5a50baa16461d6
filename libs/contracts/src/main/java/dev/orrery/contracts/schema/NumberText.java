package dev.orrery.contracts.schema;

/// Numbers out of text, character by character: a million rows of twenty columns pass through here.
final class NumberText {

    /// Powers of ten that a double holds exactly.
    private static final double[] EXACT = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /// A whole number of so many digits is held exactly, too.
    private static final int EXACT_DIGITS = 15;

    private NumberText() {}

    /// The decimal number that is nearest to what a text says, or NaN when it says none that is finite.
    static double number(String text) {
        int at = isSign(text, 0) ? 1 : 0;
        int whole = endOfDigits(text, at);
        int end = whole;
        if (end < text.length() && text.charAt(end) == '.') {
            end = endOfDigits(text, whole + 1);
            if (end == whole + 1) {
                return Double.NaN;
            }
        } else if (whole == at) {
            return Double.NaN;
        }
        if (end == text.length() && end - at <= EXACT_DIGITS) {
            return exact(text, at, whole, end);
        }
        return isExponent(text, end) ? parsed(text) : Double.NaN;
    }

    /// Few digits and no exponent: both the digits and the power of ten are exact, so their quotient is the nearest.
    private static double exact(String text, int from, int whole, int end) {
        long digits = 0;
        for (int i = from; i < end; i++) {
            if (i != whole) {
                digits = 10 * digits + text.charAt(i) - '0';
            }
        }
        double value = digits / EXACT[Math.max(0, end - whole - 1)];
        // Without a minus before a zero, which would be below a range that begins at 0.
        return from == 1 && text.charAt(0) == '-' && digits != 0 ? -value : value;
    }

    private static double parsed(String text) {
        double value = Double.parseDouble(text) + 0.0;
        return Double.isFinite(value) ? value : Double.NaN;
    }

    private static boolean isExponent(String text, int from) {
        if (from == text.length()) {
            return true;
        }
        int digits = isSign(text, from + 1) ? from + 2 : from + 1;
        int end = endOfDigits(text, digits);
        return (text.charAt(from) | 0x20) == 'e' && end > digits && end == text.length();
    }

    /// The whole number that a text says, or null when it says none that 64 bits hold.
    static Long integer(String text) {
        int from = isSign(text, 0) ? 1 : 0;
        if (from == text.length()) {
            return null;
        }
        boolean negative = text.charAt(0) == '-';
        // Below zero there is one more than above, so that is where to count.
        long value = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10 || 10 * value < Long.MIN_VALUE + digit) {
                return null;
            }
            value = 10 * value - digit;
        }
        if (negative) {
            return value;
        }
        return value == Long.MIN_VALUE ? null : Long.valueOf(-value);
    }

    private static boolean isSign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+');
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
