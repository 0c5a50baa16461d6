package dev.orrery.inference;

/// Writes JSON strings.
public final class JsonText {

    private static final String HEX = "0123456789ABCDEF";

    private JsonText() {}

    /// Appends a text in quotes.
    public static StringBuilder quoted(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit >= ' ' && unit != '"' && unit != '\\') {
                json.append(unit);
            } else {
                escape(json, unit);
            }
        }
        return json.append('"');
    }

    private static void escape(StringBuilder json, char unit) {
        json.append('\\');
        switch (unit) {
            case '"', '\\' -> json.append(unit);
            case '\b' -> json.append('b');
            case '\t' -> json.append('t');
            case '\n' -> json.append('n');
            case '\f' -> json.append('f');
            case '\r' -> json.append('r');
            default -> json.append("u00").append(HEX.charAt(unit >> 4)).append(HEX.charAt(unit & 15));
        }
    }
}
