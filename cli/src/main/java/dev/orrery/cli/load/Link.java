package dev.orrery.cli.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// One connection, with one request under way at most. Whoever gives the schedule sends; one thread reads for all.
abstract sealed class Link permits HttpLink, GrpcLink {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int ROOM = 16 << 10;

    final Wire wire;
    ByteBuffer in = ByteBuffer.allocate(ROOM);

    private final Selector selector;
    private volatile SocketChannel channel;
    private ByteBuffer out = ByteBuffer.allocate(ROOM);

    /// When the request under way should have been sent, and when it was. What is written last is read first by the
    /// other thread.
    private long due;
    private volatile long sent;
    private volatile boolean busy;

    Link(Wire wire, Selector selector) {
        this.wire = wire;
        this.selector = selector;
    }

    static Link of(Wire wire, Selector selector) {
        return wire.grpc() ? new GrpcLink(wire, selector) : new HttpLink(wire, selector);
    }

    /// Opens the connection if it is not open.
    ///
    /// @throws IOException when nobody answers
    final synchronized void connect() throws IOException {
        if (channel != null) {
            return;
        }
        SocketChannel opened = SocketChannel.open();
        try {
            InetSocketAddress address = wire.address();
            opened.socket().connect(new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MILLIS);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            opened.configureBlocking(false);
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
        channel = opened;
        in.clear();
        out.clear();
        greet();
        channel.register(selector, SelectionKey.OP_READ, this);
        selector.wakeup();
    }

    /// Sends a request; the last bytes of a large one may follow from the other thread.
    final synchronized void ask(Body body, long due) throws IOException {
        connect();
        this.due = due;
        sent = System.nanoTime();
        busy = true;
        write(body);
        flush();
    }

    /// Sends what waits, as far as the other side takes it.
    final synchronized void flush() throws IOException {
        if (channel == null) {
            return;
        }
        out.flip();
        channel.write(out);
        out.compact();
        SelectionKey key = channel.keyFor(selector);
        if (key == null) {
            return;
        }
        if (out.position() > 0) {
            key.interestOpsOr(SelectionKey.OP_WRITE);
            selector.wakeup();
        } else if (key.interestOps() != SelectionKey.OP_READ) {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    /// Room for so many bytes more to send.
    final synchronized ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            out.flip();
            out = ByteBuffer.allocate(Math.max(2 * out.capacity(), out.limit() + bytes))
                    .put(out);
        }
        return out;
    }

    /// Reads what has come, and says whether the answer under way is complete.
    boolean read() throws IOException {
        SocketChannel channel = this.channel;
        if (channel == null) {
            return false;
        }
        if (!in.hasRemaining()) {
            in = ByteBuffer.allocate(2 * in.capacity()).put(in.flip());
        }
        int count = channel.read(in);
        if (count < 0) {
            throw new IOException("the other side closed the connection");
        }
        return count > 0 && advance();
    }

    /// The request under way is over, whatever came of it.
    void rest() {
        busy = false;
    }

    /// Closes it, unless it was given a request meanwhile.
    final synchronized void closeUnlessBusy() {
        if (!busy) {
            close();
        }
    }

    final synchronized void close() {
        SocketChannel open = channel;
        channel = null;
        busy = false;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is of no use any more, closed well or not.
                return;
            }
        }
    }

    boolean isBusy() {
        return busy;
    }

    long due() {
        return due;
    }

    long sent() {
        return sent;
    }

    /// What goes first over a new connection.
    abstract void greet() throws IOException;

    /// Puts a request into the [#room].
    abstract void write(Body request);

    /// Takes what has come in; true once when an answer is complete.
    abstract boolean advance() throws IOException;

    /// What is wrong with the answer that is complete, or null.
    abstract Fault fault(boolean whole);

    /// Whether another request may be sent over it.
    abstract boolean staysOpen();
}
