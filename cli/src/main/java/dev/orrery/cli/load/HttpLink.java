package dev.orrery.cli.load;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;

/// HTTP/1.1: a request, an answer whose end is told by its length or by chunks.
final class HttpLink extends Link {

    private static final int OK = 200;
    private static final int STATUS_AT = 9;
    private static final int LONGEST_HEAD = 32 << 10;
    private static final byte[] LENGTH = bytes("content-length:");
    private static final byte[] CHUNKED = bytes("transfer-encoding: chunked");
    private static final byte[] CLOSE = bytes("connection: close");
    private static final byte[] LINE = bytes("\r\n");

    private final byte[] head;
    private int scanned;
    /// Where the body begins; 0 while the head is not there.
    private int body;
    private int length;
    private boolean chunked;
    private boolean close;
    private ByteBuffer answer;

    HttpLink(Wire wire, Selector selector) {
        super(wire, selector);
        head = bytes("POST %s HTTP/1.1\r\nHost: %s\r\n%s".formatted(wire.path(), wire.authority(), wire.head()));
    }

    @Override
    void greet() {
        begin();
    }

    @Override
    void write(Body request) {
        byte[] size = bytes("Content-Length: " + request.bytes().length + "\r\n\r\n");
        room(head.length + request.head().length + size.length + request.bytes().length)
                .put(head)
                .put(request.head())
                .put(size)
                .put(request.bytes());
    }

    @Override
    boolean advance() throws IOException {
        if (body == 0 && !head()) {
            return false;
        }
        if (chunked) {
            answer = Chunks.joined(in, body);
            return answer != null;
        }
        if (in.position() < body + length) {
            return false;
        }
        answer = in.duplicate().position(body).limit(body + length);
        return true;
    }

    @Override
    Fault fault(boolean whole) {
        int status = number(STATUS_AT, STATUS_AT + 3);
        String wrong = status == OK ? wire.look().fault(answer.duplicate(), whole) : null;
        if (status == OK) {
            return wrong == null ? null : Fault.malformed(wrong);
        }
        return Fault.status(status, StandardCharsets.UTF_8.decode(answer).toString());
    }

    @Override
    boolean staysOpen() {
        return !close;
    }

    @Override
    void rest() {
        begin();
        super.rest();
    }

    private void begin() {
        in.clear();
        scanned = 0;
        body = 0;
        length = 0;
        chunked = false;
        close = false;
    }

    /// Goes through the lines of the head; true when its end is there.
    private boolean head() throws IOException {
        for (int end = line(); end >= 0; end = line()) {
            if (end == scanned) {
                body = end + LINE.length;
                return true;
            }
            if (starts(scanned, LENGTH)) {
                length = number(scanned + LENGTH.length, end);
            } else if (starts(scanned, CHUNKED)) {
                chunked = true;
            } else if (starts(scanned, CLOSE)) {
                close = true;
            }
            scanned = end + LINE.length;
        }
        if (in.position() > LONGEST_HEAD) {
            throw new ProtocolException("an answer begins with a head of more than %,d bytes".formatted(LONGEST_HEAD));
        }
        return false;
    }

    /// Where the line that begins at `scanned` ends, or -1.
    private int line() {
        for (int i = scanned; i + 1 < in.position(); i++) {
            if (in.get(i) == '\r' && in.get(i + 1) == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean starts(int at, byte[] lower) {
        if (in.position() - at < lower.length) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            int c = in.get(at + i);
            if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    private int number(int from, int end) {
        int number = 0;
        for (int i = from; i < end; i++) {
            int digit = in.get(i) - '0';
            number = digit >= 0 && digit <= 9 ? number * 10 + digit : number;
        }
        return number;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
