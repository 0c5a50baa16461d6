package dev.orrery.cli.load;

import java.nio.ByteBuffer;

/// A frame of HTTP/2.
///
/// @param payload a view, valid until more is read
record Frame(int type, int flags, int stream, ByteBuffer payload) {

    static final int HEAD = 9;

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    private static final int PADDED = 8;

    /// Takes a frame that is there whole.
    static Frame read(ByteBuffer frames, int length) {
        int type = frames.getInt() & 0xff;
        int flags = frames.get() & 0xff;
        int stream = frames.getInt() & Integer.MAX_VALUE;
        ByteBuffer payload = frames.slice(frames.position(), length);
        frames.position(frames.position() + length);
        return new Frame(type, flags, stream, payload);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /// How many bytes at the end of the payload mean nothing; takes the byte that says so.
    int padding(ByteBuffer payload) {
        return has(PADDED) ? payload.get() & 0xff : 0;
    }

    /// Whether nothing more comes on its stream.
    boolean endsStream() {
        return (type == DATA || type == HEADERS) && has(END_STREAM);
    }
}
