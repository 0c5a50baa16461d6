package dev.orrery.inference.grpc;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// Puts the messages of a call together from the pieces in which they come. Each has before it whether it is
/// compressed, and its length.
final class Incoming {

    static final int PREFIX = 5;

    private static final int FIRST_ROOM = 8 << 10;
    private static final int LENGTH_AT = 1;

    private final int most;
    private final String encoding;
    private final byte[] prefix = new byte[PREFIX];
    private int prefixed;
    private byte[] message;
    private int length;
    private int filled;

    /// @param most     bytes that a message may have, also when it has been expanded
    /// @param encoding how the sender compresses, or null
    Incoming(int most, String encoding) {
        this.most = most;
        this.encoding = encoding;
    }

    /// Takes what it needs for the message at hand, and returns how many bytes that was.
    int take(Buffer piece, int from) {
        int at = from;
        if (message == null) {
            int part = Math.min(PREFIX - prefixed, piece.length() - at);
            piece.getBytes(at, at + part, prefix, prefixed);
            prefixed += part;
            at += part;
            if (prefixed < PREFIX) {
                return at - from;
            }
            begin();
        }
        int part = Math.min(length - filled, piece.length() - at);
        if (filled + part > message.length) {
            message = Arrays.copyOf(message, Math.clamp(2L * message.length, filled + part, length));
        }
        piece.getBytes(at, at + part, message, filled);
        filled += part;
        return at + part - from;
    }

    /// Whether the prefix is here, and so the length is known.
    boolean isBegun() {
        return message != null;
    }

    int length() {
        return length;
    }

    boolean isWhole() {
        return message != null && filled == length;
    }

    /// Whether nothing of a further message has come.
    boolean isEmpty() {
        return message == null && prefixed == 0;
    }

    /// The message that is whole; the next one may come then.
    byte[] next() {
        byte[] whole = message.length == length ? message : Arrays.copyOf(message, length);
        boolean compressed = prefix[0] == 1;
        message = null;
        filled = 0;
        prefixed = 0;
        return compressed ? expand(whole) : whole;
    }

    private void begin() {
        long announced = Integer.toUnsignedLong(ByteBuffer.wrap(prefix).getInt(LENGTH_AT));
        if (prefix[0] != 0 && prefix[0] != 1) {
            throw new GrpcFailure(GrpcStatus.INVALID_ARGUMENT, "A message begins with 0 or 1, and this one does not.");
        }
        if (announced > most) {
            throw tooLarge("The message has %d bytes".formatted(announced));
        }
        length = (int) announced;
        message = new byte[Math.min(length, FIRST_ROOM)];
    }

    private byte[] expand(byte[] packed) {
        try (InputStream stream = expanding(packed)) {
            byte[] message = stream.readNBytes(most + 1);
            if (message.length > most) {
                throw tooLarge("The expanded message has more bytes than that");
            }
            return message;
        } catch (IOException e) {
            throw new GrpcFailure(
                    GrpcStatus.INVALID_ARGUMENT,
                    "The message is not compressed as %s: it cannot be expanded.".formatted(encoding));
        }
    }

    private InputStream expanding(byte[] packed) throws IOException {
        InputStream stream = new ByteArrayInputStream(packed);
        return switch (encoding) {
            case "gzip" -> new GZIPInputStream(stream);
            case "deflate" -> new InflaterInputStream(stream);
            case null, default ->
                throw new GrpcFailure(
                        GrpcStatus.UNIMPLEMENTED,
                        "The grpc-encoding '%s' is not known here; there are gzip and deflate.".formatted(encoding));
        };
    }

    private GrpcFailure tooLarge(String what) {
        return new GrpcFailure(
                GrpcStatus.RESOURCE_EXHAUSTED, "%s, and %d are the most; send several requests.".formatted(what, most));
    }
}
