package dev.orrery.cli.bench;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// Asks one address the same again and again, over some connections, each of which waits for its answer before it asks
/// again. One thread does it all: it leaves most of the machine to who answers.
final class Load {

    private static final int SELECT_MILLIS = 100;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final double NANOS_PER_SECOND = 1e9;

    private final InetSocketAddress address;
    private final byte[] request;
    private final int connections;

    /// What came of it.
    ///
    /// @param refused answers of another status than 200
    record Result(long answered, long refused, double perSecond, double p50Micros, double p99Micros) {}

    /// @param body JSON
    Load(URI uri, String body, int connections) {
        this.address = new InetSocketAddress(uri.getHost(), uri.getPort());
        this.connections = connections;
        String head = """
                POST %s HTTP/1.1\r
                Host: %s:%d\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                """.formatted(
                        uri.getRawPath(), uri.getHost(), uri.getPort(), body.getBytes(StandardCharsets.UTF_8).length);
        this.request = (head + body).getBytes(StandardCharsets.UTF_8);
    }

    /// Asks once; an address where nobody listens yet refuses.
    Result tried() {
        try {
            return run(0);
        } catch (IOException | Failure _) {
            return new Result(0, 1, 0, 0, 0);
        }
    }

    /// Asks for so long, and waits for the answers that are under way.
    Result run(int seconds) throws IOException {
        Latencies latencies = new Latencies();
        long began = System.nanoTime();
        long end = began + TimeUnit.SECONDS.toNanos(seconds);
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                LoadConnection connection = new LoadConnection(address, request, latencies);
                connection.register(selector);
                connection.ask();
            }
            for (int open = connections; open > 0; ) {
                if (selector.select(SELECT_MILLIS) == 0 && System.nanoTime() > end + PATIENCE_NANOS) {
                    throw new Failure("%s answers no more".formatted(address));
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    LoadConnection connection = (LoadConnection) key.attachment();
                    if (connection.read()) {
                        if (System.nanoTime() < end) {
                            connection.ask();
                        } else {
                            connection.close();
                            open--;
                        }
                    }
                }
                selector.selectedKeys().clear();
            }
        }
        return latencies.result((System.nanoTime() - began) / NANOS_PER_SECOND);
    }
}
