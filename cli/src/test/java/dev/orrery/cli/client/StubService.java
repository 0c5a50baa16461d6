package dev.orrery.cli.client;

import com.sun.net.httpserver.HttpServer;
import dev.orrery.cli.platform.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;

/// One small server that stands for every service: it is told what to answer.
public final class StubService implements AutoCloseable {

    /// @param status of HTTP
    public record Reply(int status, String body) {

        public static Reply problem(int status, String detail) {
            return new Reply(
                    status,
                    "{\"title\": \"Refused\", \"status\": %d, \"detail\": \"%s\"}"
                            .formatted(status, detail.replace("\"", "\\\"")));
        }
    }

    private final HttpServer server;

    private StubService(HttpServer server) {
        this.server = server;
    }

    /// @param replies to a path with its query, and a body
    public static StubService replying(BiFunction<String, String, Reply> replies) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                Reply reply = replies.apply(exchange.getRequestURI().toString(), body);
                byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(reply.status(), bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.setExecutor(task -> Thread.ofVirtual().start(task));
            server.start();
            return new StubService(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Services services() {
        return Services.of(this::address);
    }

    private URI address(Part part) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
