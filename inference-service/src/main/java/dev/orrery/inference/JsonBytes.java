package dev.orrery.inference;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// JSON that is written as the bytes which leave, without a text between. Not for several threads.
public final class JsonBytes {

    private static final int FIRST_ROOM = 512;
    /// Beyond so many bytes, room is given back when all is forgotten.
    private static final int KEPT = 16 << 10;
    private static final String HEX = "0123456789ABCDEF";

    private byte[] bytes = new byte[FIRST_ROOM];
    private int size;

    /// Appends JSON as it is.
    ///
    /// @param json of ASCII characters
    public JsonBytes raw(String json) {
        int length = json.length();
        require(length);
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) json.charAt(i);
        }
        size += length;
        return this;
    }

    public JsonBytes raw(char ascii) {
        require(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    public JsonBytes raw(byte[] json) {
        require(json.length);
        System.arraycopy(json, 0, bytes, size, json.length);
        size += json.length;
        return this;
    }

    /// Appends a text in quotes. Half a character, which has no UTF-8, becomes a question mark.
    public JsonBytes quoted(String text) {
        raw('"');
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit >= 0x80) {
                escaped(new String(text.substring(i).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
                break;
            }
            unit(unit);
        }
        return raw('"');
    }

    /// Appends a 32-bit float, a boolean or, in quotes, a string.
    public JsonBytes value(Object value) {
        return value instanceof String word ? quoted(word) : raw(value.toString());
    }

    public JsonBytes number(long number) {
        return raw(Long.toString(number));
    }

    public JsonBytes number(double number) {
        return raw(Double.toString(number));
    }

    /// Forgets what was written.
    public void clear() {
        size = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[FIRST_ROOM];
        }
    }

    /// What was written, in an array of its own.
    public byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    /// What was written, to be read before anything else is written: the first [#size] bytes.
    public byte[] room() {
        return bytes;
    }

    public int size() {
        return size;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private void escaped(String units) {
        for (int i = 0; i < units.length(); i++) {
            unit(units.charAt(i));
        }
    }

    private void unit(char unit) {
        if (unit >= ' ' && unit != '"' && unit != '\\') {
            raw(unit);
        } else {
            raw('\\');
            escape(unit);
        }
    }

    private void escape(char unit) {
        switch (unit) {
            case '"', '\\' -> raw(unit);
            case '\b' -> raw('b');
            case '\t' -> raw('t');
            case '\n' -> raw('n');
            case '\f' -> raw('f');
            case '\r' -> raw('r');
            default -> raw("u00").raw(HEX.charAt(unit >> 4)).raw(HEX.charAt(unit & 15));
        }
    }

    private void require(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
