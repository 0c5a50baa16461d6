package dev.orrery.cli.bench;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One connection of a [Load]: it asks, and reads answers whose length is told.
final class LoadConnection {

    private static final int ROOM = 64 << 10;
    private static final Pattern HEAD = Pattern.compile(
            "HTTP/1.1 (\\d+).*?content-length: (\\d+).*?\r\n\r\n", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private final SocketChannel channel;
    private final ByteBuffer request;
    private final ByteBuffer answer = ByteBuffer.allocate(ROOM);
    private final Latencies latencies;
    private long asked;
    /// Bytes of the answer under way, its head included; 0 while the head is not there.
    private int length;
    private boolean taken;

    LoadConnection(InetSocketAddress address, byte[] request, Latencies latencies) throws IOException {
        this.channel = SocketChannel.open(address);
        this.request = ByteBuffer.wrap(request);
        this.latencies = latencies;
    }

    void register(Selector selector) throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /// Sends the request. It is small, and the one before is answered: there is room for it.
    void ask() throws IOException {
        asked = System.nanoTime();
        request.rewind();
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    /// Reads what there is, and says whether the answer is complete.
    boolean read() throws IOException {
        if (channel.read(answer) < 0) {
            throw new Failure("the service hung up");
        }
        if (length == 0) {
            head();
        }
        if (length == 0 || answer.position() < length) {
            return false;
        }
        latencies.add(System.nanoTime() - asked, taken);
        answer.clear();
        length = 0;
        return true;
    }

    void close() throws IOException {
        channel.close();
    }

    private void head() {
        String text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
        Matcher head = HEAD.matcher(text);
        if (head.find()) {
            taken = head.group(1).equals("200");
            length = head.end() + Integer.parseInt(head.group(2));
        }
    }
}
