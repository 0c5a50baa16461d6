package dev.orrery.cli.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes headers of HTTP/2 in the plainest of their forms, which any decoder takes and which is the same each time.
final class Hpack {

    private static final int LONGEST = 127;

    private Hpack() {}

    /// @param pairs names in lower case, each followed by its value, none longer than 126 characters
    static byte[] literals(String... pairs) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < pairs.length; i += 2) {
            block.write(0);
            string(block, pairs[i]);
            string(block, pairs[i + 1]);
        }
        return block.toByteArray();
    }

    private static void string(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length >= LONGEST) {
            throw new IllegalArgumentException("too long for a header here: " + text);
        }
        block.write(bytes.length);
        block.writeBytes(bytes);
    }
}
