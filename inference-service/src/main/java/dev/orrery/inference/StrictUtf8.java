package dev.orrery.inference;

import dev.orrery.kit.problem.Invalid;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/// Bodies are UTF-8. What a lenient reader would guess at (UTF-16, characters in more bytes than they need) is two
/// spellings of one word, and so a word that no model has seen.
public final class StrictUtf8 {

    private static final int LONGEST_UNIT = 4;
    private static final int BUFFER = 4096;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private StrictUtf8() {}

    /// @throws Invalid naming the first byte that is none, and its line
    public static void require(byte[] body) {
        for (int i = 0; i < Math.min(LONGEST_UNIT, body.length); i++) {
            // No JSON and no CSV has a NUL there, but UTF-16 and UTF-32 do.
            if (body[i] == 0) {
                throw new Invalid("The body must be UTF-8, and it looks like UTF-16 or UTF-32.");
            }
        }
        if (!isAscii(body)) {
            decode(body);
        }
    }

    /// The text of a body, without a byte order mark.
    ///
    /// @throws Invalid where it is not UTF-8
    public static String text(byte[] body) {
        require(body);
        String text = new String(body, StandardCharsets.UTF_8);
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static boolean isAscii(byte[] body) {
        for (byte unit : body) {
            if (unit < 0) {
                return false;
            }
        }
        return true;
    }

    private static void decode(byte[] body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer thrownAway = CharBuffer.allocate(BUFFER);
        CoderResult result;
        do {
            result = decoder.decode(bytes, thrownAway.clear(), true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw new Invalid("The body must be UTF-8, and byte 0x%02X in line %d is not."
                    .formatted(body[bytes.position()], line(body, bytes.position())));
        }
    }

    private static long line(byte[] body, int end) {
        long line = 1;
        for (int i = 0; i < end; i++) {
            line += body[i] == '\n' ? 1 : 0;
        }
        return line;
    }
}
