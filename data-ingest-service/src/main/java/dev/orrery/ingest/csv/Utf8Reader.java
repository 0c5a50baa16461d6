package dev.orrery.ingest.csv;

import dev.orrery.ingest.source.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/// Decodes UTF-8 and nothing else: it replaces no character, and names the line on which the text stops being UTF-8.
/// A byte order mark is passed over. A NUL is refused too, for it is how a UTF-16 file looks from here.
final class Utf8Reader extends Reader {

    private static final int BUFFER = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);
    private long line = 1;
    private char last;
    private boolean started;
    private boolean ended;

    Utf8Reader(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        CharBuffer chars = CharBuffer.wrap(target, offset, length);
        while (true) {
            CoderResult result = decoder.decode(bytes, chars, ended);
            if (chars.position() > offset) {
                count(target, offset, chars.position());
                return chars.position() - offset;
            }
            if (result.isError()) {
                throw new Fault(
                        line,
                        "byte 0x%02X is not UTF-8; save the file as UTF-8 and send it again"
                                .formatted(bytes.get(bytes.position())));
            }
            if (ended) {
                return -1;
            }
            refill();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void refill() throws IOException {
        bytes.compact();
        int wanted = bytes.remaining();
        int got = in.readNBytes(bytes.array(), bytes.position(), wanted);
        bytes.position(bytes.position() + got).flip();
        ended = got < wanted;
        if (!started) {
            started = true;
            if (bytes.limit() >= BYTE_ORDER_MARK.length
                    && bytes.slice(0, BYTE_ORDER_MARK.length).equals(ByteBuffer.wrap(BYTE_ORDER_MARK))) {
                bytes.position(BYTE_ORDER_MARK.length);
            }
        }
    }

    private void count(char[] chars, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = chars[i];
            if (c == '\r' || (c == '\n' && last != '\r')) {
                line++;
            } else if (c == 0) {
                throw new Fault(line, "a NUL character; save the file as UTF-8, not UTF-16, and send it again");
            }
            last = c;
        }
    }
}
