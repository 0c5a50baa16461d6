package dev.orrery.cli.load;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;

/// gRPC over HTTP/2 without TLS, as a client that knows beforehand that the other side speaks it: a stream a request,
/// whose trailers tell how it ended.
final class GrpcLink extends Link {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PREFIX = 5;
    private static final int MOST_IN_FRAME = 16_384;
    private static final int WINDOW = 65_535;
    private static final int WIDE_WINDOW = 1 << 30;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int SETTING_BYTES = 6;

    private final byte[] head;
    private final GrpcAnswer answer = new GrpcAnswer();
    private int stream;
    private int firstWindow;
    private long connectionWindow;
    private long streamWindow;
    private int taken;
    private byte[] body;
    private int bodySent;
    private boolean goingAway;

    GrpcLink(Wire wire, Selector selector) {
        super(wire, selector);
        head = Hpack.literals(
                ":method",
                "POST",
                ":scheme",
                "http",
                ":path",
                wire.path(),
                ":authority",
                wire.authority(),
                "te",
                "trailers",
                "content-type",
                "application/grpc");
    }

    @Override
    synchronized void greet() {
        answer.connected();
        stream = -1;
        firstWindow = WINDOW;
        connectionWindow = WINDOW;
        taken = 0;
        goingAway = false;
        body = null;
        room(PREFACE.length).put(PREFACE);
        frame(Frame.SETTINGS, 0, 0, SETTING_BYTES)
                .putShort((short) INITIAL_WINDOW_SIZE)
                .putInt(WIDE_WINDOW);
        frame(Frame.WINDOW_UPDATE, 0, 0, Integer.BYTES).putInt(WIDE_WINDOW);
    }

    @Override
    void write(Body request) {
        stream += 2;
        streamWindow = firstWindow;
        body = request.bytes();
        bodySent = -PREFIX;
        answer.begin();
        frame(Frame.HEADERS, Frame.END_HEADERS, stream, head.length).put(head);
        data();
    }

    /// Sends of the body what the other side has room for.
    private void data() {
        while (body != null && bodySent < body.length) {
            int rest = body.length - bodySent;
            int most = (int) Math.min(Math.min(connectionWindow, streamWindow), MOST_IN_FRAME);
            if (most < Math.min(rest, PREFIX + 1)) {
                return;
            }
            int now = Math.min(rest, most);
            ByteBuffer frame = frame(Frame.DATA, now == rest ? Frame.END_STREAM : 0, stream, now);
            int prefix = bodySent < 0 ? PREFIX : 0;
            if (prefix > 0) {
                frame.put((byte) 0).putInt(body.length);
                bodySent = 0;
            }
            frame.put(body, bodySent, now - prefix);
            bodySent += now - prefix;
            connectionWindow -= now;
            streamWindow -= now;
        }
    }

    private ByteBuffer frame(int type, int flags, int stream, int length) {
        return room(Frame.HEAD + length)
                .putInt(length << 8 | type)
                .put((byte) flags)
                .putInt(stream);
    }

    @Override
    synchronized boolean advance() throws IOException {
        boolean complete = false;
        ByteBuffer frames = in.duplicate().flip();
        while (frames.remaining() >= Frame.HEAD) {
            int length = frames.getInt(frames.position()) >>> 8;
            if (frames.remaining() < Frame.HEAD + length) {
                break;
            }
            Frame frame = Frame.read(frames, length);
            complete |= take(frame);
        }
        in.flip().position(frames.position()).compact();
        flush();
        return complete;
    }

    private boolean take(Frame frame) throws IOException {
        switch (frame.type()) {
            case Frame.DATA -> data(frame);
            case Frame.HEADERS -> answer.headers(frame);
            case Frame.SETTINGS -> settings(frame);
            case Frame.WINDOW_UPDATE -> window(frame);
            case Frame.PING -> pong(frame);
            case Frame.GOAWAY -> goingAway = true;
            case Frame.RST_STREAM -> answer.reset();
            case Frame.CONTINUATION -> throw new ProtocolException("an answer's headers are longer than a frame");
            default -> {
                return false;
            }
        }
        if (frame.stream() != stream || frame.type() != Frame.RST_STREAM && !frame.endsStream()) {
            return false;
        }
        // It may have been answered before it was sent whole.
        body = null;
        return true;
    }

    private void data(Frame frame) {
        taken += frame.payload().remaining();
        if (frame.stream() == stream) {
            answer.data(frame);
        }
        if (taken > WIDE_WINDOW / 2) {
            frame(Frame.WINDOW_UPDATE, 0, 0, Integer.BYTES).putInt(taken);
            taken = 0;
        }
    }

    private void settings(Frame frame) {
        if (frame.has(Frame.ACK)) {
            return;
        }
        ByteBuffer settings = frame.payload();
        while (settings.remaining() >= SETTING_BYTES) {
            int name = settings.getShort();
            int value = settings.getInt();
            if (name == INITIAL_WINDOW_SIZE) {
                streamWindow += value - firstWindow;
                firstWindow = value;
            }
        }
        frame(Frame.SETTINGS, Frame.ACK, 0, 0);
        data();
    }

    private void window(Frame frame) {
        int more = frame.payload().getInt();
        if (frame.stream() == 0) {
            connectionWindow += more;
        } else if (frame.stream() == stream) {
            streamWindow += more;
        }
        data();
    }

    private void pong(Frame frame) {
        if (!frame.has(Frame.ACK)) {
            frame(Frame.PING, Frame.ACK, 0, frame.payload().remaining()).put(frame.payload());
        }
    }

    @Override
    Fault fault(boolean whole) {
        return answer.fault(wire.look(), whole);
    }

    @Override
    boolean staysOpen() {
        return !goingAway && stream < Integer.MAX_VALUE - 2;
    }
}
