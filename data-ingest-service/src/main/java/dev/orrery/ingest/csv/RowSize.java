package dev.orrery.ingest.csv;

import java.util.List;

/// Whether a row fits into one Kafka record, whose limit is 1 MiB by default. Computed from above, never from below.
final class RowSize {

    static final int MAX_BYTES = 1_000_000;

    /// Names and values of the envelope, without the key.
    private static final int ENVELOPE_BYTES = 2_000;
    /// Of a character in JSON: a control character is escaped by its number.
    private static final int MOST_BYTES = 6;
    /// The key may be repeated as entity, record key and subject of the envelope.
    private static final int KEY_COPIES = 3;

    private RowSize() {}

    /// What the column names add to each row.
    static long ofHeader(List<String> names) {
        return names.stream().mapToLong(name -> bytes(name) + 6).sum();
    }

    static boolean fits(List<String> fields, int keyColumn, long headerBytes) {
        long characters = (long) KEY_COPIES * fields.get(keyColumn).length();
        for (String field : fields) {
            characters += field.length();
        }
        if (ENVELOPE_BYTES + headerBytes + MOST_BYTES * characters <= MAX_BYTES) {
            return true;
        }
        long exact = ENVELOPE_BYTES + headerBytes + KEY_COPIES * bytes(fields.get(keyColumn));
        for (String field : fields) {
            exact += bytes(field);
        }
        return exact <= MAX_BYTES;
    }

    private static long bytes(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ') {
                bytes += MOST_BYTES;
            } else if (c == '"' || c == '\\') {
                bytes += 2;
            } else {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
        }
        return bytes;
    }
}
