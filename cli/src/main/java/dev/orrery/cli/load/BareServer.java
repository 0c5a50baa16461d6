package dev.orrery.cli.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Answers every request over HTTP/1.1 with the same bytes, on one thread and with as little work as can be. What the
/// generator measures of it is mostly the generator.
final class BareServer implements AutoCloseable {

    private static final int ROOM = 1 << 20;
    private static final String LENGTH = "content-length:";
    private static final int LONGEST_HEAD = 2048;

    private final ServerSocketChannel server;
    private final Selector selector;
    private final byte[] answer;
    private final Runnable before;
    private final Thread thread = new Thread(this::serve, "load-bare");

    /// @param json   the body of each answer
    /// @param before done before each answer; who sleeps in it stalls all
    BareServer(String json, Runnable before) throws IOException {
        this.before = before;
        answer = ("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + json.length() + "\r\n\r\n"
                        + json)
                .getBytes(StandardCharsets.US_ASCII);
        selector = Selector.open();
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.socket().getLocalPort());
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.isValid() && key.isAcceptable()) {
                        accept();
                    } else if (key.isValid()) {
                        read((SocketChannel) key.channel(), (ByteBuffer) key.attachment());
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (ClosedSelectorException e) {
            // It was closed.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = server.accept();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(ROOM));
    }

    private void read(SocketChannel channel, ByteBuffer in) throws IOException {
        try {
            if (channel.read(in) < 0) {
                channel.close();
                return;
            }
            if (in.position() >= length(in)) {
                in.clear();
                before.run();
                channel.write(ByteBuffer.wrap(answer));
            }
        } catch (IOException e) {
            // The client hung up.
            channel.close();
        }
    }

    /// Of the request, its head included; more than can come while that is not known.
    private static int length(ByteBuffer in) {
        String head = new String(in.array(), 0, Math.min(in.position(), LONGEST_HEAD), StandardCharsets.ISO_8859_1);
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return Integer.MAX_VALUE;
        }
        int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH) + LENGTH.length();
        return end
                + 4
                + Integer.parseInt(head.substring(at, head.indexOf('\r', at)).strip());
    }

    @Override
    public void close() throws IOException {
        selector.close();
        server.close();
    }
}
