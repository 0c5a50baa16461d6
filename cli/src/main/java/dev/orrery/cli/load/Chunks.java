package dev.orrery.cli.load;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/// A body that comes in chunks, each with its length before it.
final class Chunks {

    private static final int HEXADECIMAL = 16;

    private Chunks() {}

    /// @param in   what has come, from its beginning to its position
    /// @param from where the chunks begin
    /// @return what they hold, or null while the last is not there
    static ByteBuffer joined(ByteBuffer in, int from) throws IOException {
        ByteBuffer chunks = in.duplicate().flip().position(from);
        ByteBuffer joined = ByteBuffer.allocate(chunks.remaining());
        while (true) {
            int size = size(chunks);
            if (size < 0 || chunks.remaining() < size + 2) {
                return null;
            }
            joined.put(chunks.slice(chunks.position(), size));
            chunks.position(chunks.position() + size + 2);
            if (size == 0) {
                return joined.flip();
            }
        }
    }

    /// The next chunk's size, the position after its line; -1 while the line is not whole.
    private static int size(ByteBuffer chunks) throws IOException {
        int size = 0;
        boolean extension = false;
        while (chunks.hasRemaining()) {
            byte c = chunks.get();
            if (c == '\n') {
                return size;
            }
            extension |= c == ';';
            if (c == '\r' || extension) {
                continue;
            }
            int digit = Character.digit(c, HEXADECIMAL);
            if (digit < 0) {
                throw new ProtocolException("a chunk's length is not a hexadecimal number");
            }
            size = size * HEXADECIMAL + digit;
        }
        return -1;
    }
}
