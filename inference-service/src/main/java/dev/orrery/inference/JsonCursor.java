package dev.orrery.inference;

import java.nio.charset.StandardCharsets;

/// Reads JSON where it lies, without an object for any of it. It takes what clients usually send: strings without
/// escapes, numbers of at most 18 digits. Everything else, and whatever is not JSON, is [Unusual].
public final class JsonCursor {

    private static final int MOST_DIGITS = 18;
    /// So many digits, and so many powers of ten, are exact in 64 bits.
    private static final int EXACT_DIGITS = 15;
    private static final int EXACT_POWERS = 22;
    private static final int MOST_EXPONENT = 999;
    private static final double[] POWERS = powers();
    private static final char REPLACEMENT = '\uFFFD';

    private final byte[] text;
    private final int end;
    private int at;
    private int from;
    private int to;
    private boolean ascii;
    private boolean whole;
    private long mantissa;
    private double number;

    public JsonCursor(byte[] text) {
        this.text = text;
        this.end = text.length;
    }

    /// The next character that is no space, not passed yet; 0 at the end.
    public int peek() {
        while (at < end) {
            byte next = text[at];
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return next;
            }
            at++;
        }
        return 0;
    }

    /// Passes a character, if it comes next.
    public boolean take(char expected) {
        if (peek() != expected) {
            return false;
        }
        at++;
        return true;
    }

    public void require(char expected) {
        Unusual.unless(take(expected));
    }

    /// Nothing but space is left.
    public void requireEnd() {
        Unusual.unless(peek() == 0 && at == end);
    }

    /// Passes a name and its colon; it is between [#from] and [#to].
    public void name() {
        string();
        require(':');
    }

    /// Passes a string; it is between [#from] and [#to].
    public void string() {
        require('"');
        from = at;
        int sum = 0;
        while (at < end) {
            byte next = text[at];
            if (next == '"') {
                to = at++;
                ascii = sum >= 0;
                return;
            }
            Unusual.unless(next != '\\' && (next < 0 || next >= ' '));
            sum |= next;
            at++;
        }
        throw Unusual.request();
    }

    public byte[] text() {
        return text;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    /// The string that was passed last is UTF-8.
    public void requireUtf8() {
        Unusual.unless(ascii || word().indexOf(REPLACEMENT) < 0);
    }

    /// The string that was passed last.
    public String word() {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    /// Whether the string that was passed last is this one.
    public boolean is(byte[] word) {
        if (to - from != word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (text[from + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    /// Passes `null`, `true` or `false`, if it comes next.
    public boolean literal(String expected) {
        peek();
        int length = expected.length();
        if (end - at < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[at + i] != expected.charAt(i)) {
                return false;
            }
        }
        at += length;
        return true;
    }

    /// Passes a number; then [#isWhole] and [#longValue] or [#doubleValue] tell of it.
    public void number() {
        peek();
        int start = at;
        boolean negative = at < end && text[at] == '-';
        at += negative ? 1 : 0;
        int first = at;
        mantissa = 0;
        digits();
        int digits = at - first;
        Unusual.unless(digits > 0 && (digits == 1 || text[first] != '0'));
        int scale = 0;
        whole = true;
        if (at < end && text[at] == '.') {
            whole = false;
            int point = ++at;
            digits();
            scale = point - at;
            digits -= scale;
            Unusual.unless(scale < 0);
        }
        Unusual.unless(digits <= MOST_DIGITS);
        int exponent = exponent();
        mantissa = negative ? -mantissa : mantissa;
        number = whole ? mantissa : real(start, digits, scale + exponent, negative);
    }

    /// Whether the number that was passed last has neither point nor exponent.
    public boolean isWhole() {
        return whole;
    }

    public long longValue() {
        return mantissa;
    }

    public double doubleValue() {
        return number;
    }

    private void digits() {
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            mantissa = 10 * mantissa + text[at] - '0';
            at++;
        }
    }

    private int exponent() {
        if (at >= end || text[at] != 'e' && text[at] != 'E') {
            return 0;
        }
        whole = false;
        at++;
        boolean negative = at < end && text[at] == '-';
        at += negative || at < end && text[at] == '+' ? 1 : 0;
        int first = at;
        int exponent = 0;
        while (at < end && text[at] >= '0' && text[at] <= '9' && exponent <= MOST_EXPONENT) {
            exponent = 10 * exponent + text[at] - '0';
            at++;
        }
        Unusual.unless(at > first && exponent <= MOST_EXPONENT);
        return negative ? -exponent : exponent;
    }

    /// The nearest double: by one exact operation where that can be, else as Java reads it.
    private double real(int start, int digits, int power, boolean negative) {
        if (digits > EXACT_DIGITS || Math.abs(power) > EXACT_POWERS) {
            return Double.parseDouble(new String(text, start, at - start, StandardCharsets.ISO_8859_1));
        }
        double exact = power < 0 ? mantissa / POWERS[-power] : mantissa * POWERS[power];
        return negative && mantissa == 0 ? -exact : exact;
    }

    private static double[] powers() {
        double[] powers = new double[EXACT_POWERS + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }
}
