package dev.orrery.lake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/// As much of S3 as a lake asks for: objects of one bucket that are put, read in part, listed and deleted.
final class TinyS3 implements AutoCloseable {

    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final HttpServer server;

    TinyS3() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /// How Iceberg gets at it.
    Map<String, String> properties() {
        return Map.of(
                "s3.endpoint",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "s3.path-style-access",
                "true",
                "s3.access-key-id",
                "nobody",
                "s3.secret-access-key",
                "nothing",
                "client.region",
                "eu-central-1");
    }

    Map<String, byte[]> objects() {
        return objects;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String key = exchange.getRequestURI().getPath();
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (exchange.getRequestMethod()) {
                case "PUT" -> {
                    boolean chunked = String.valueOf(
                                    exchange.getRequestHeaders().getFirst("Content-Encoding"))
                            .contains("aws-chunked");
                    objects.put(key, chunked ? unchunked(body) : body);
                    send(exchange, 200, new byte[0]);
                }
                case "DELETE" -> {
                    objects.remove(key);
                    send(exchange, 204, new byte[0]);
                }
                default -> {
                    if (query.contains("list-type=2")) {
                        send(exchange, 200, list(query).getBytes(StandardCharsets.UTF_8));
                    } else {
                        read(exchange, objects.get(key));
                    }
                }
            }
        }
    }

    private static void read(HttpExchange exchange, byte[] object) throws IOException {
        if (object == null) {
            send(exchange, 404, new byte[0]);
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            send(exchange, 200, object);
            return;
        }
        String[] ends = range.substring("bytes=".length()).split("-");
        int from = ends[0].isEmpty() ? object.length - Integer.parseInt(ends[1]) : Integer.parseInt(ends[0]);
        int to = ends.length < 2 || ends[0].isEmpty()
                ? object.length
                : Math.min(object.length, Integer.parseInt(ends[1]) + 1);
        exchange.getResponseHeaders().set("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, object.length));
        send(exchange, 206, Arrays.copyOfRange(object, from, to));
    }

    private String list(String query) {
        String prefix = "/lake/" + query.replaceAll(".*prefix=([^&]*).*", "$1");
        String contents = objects.entrySet().stream()
                .filter(object -> object.getKey().startsWith(prefix))
                .map(object ->
                        "<Contents><Key>%s</Key><Size>%d</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>"
                                .formatted(object.getKey().substring("/lake/".length()), object.getValue().length))
                .collect(Collectors.joining());
        return "<ListBucketResult><IsTruncated>false</IsTruncated>%s</ListBucketResult>".formatted(contents);
    }

    /// The body that the client cuts into pieces with a checksum behind them.
    private static byte[] unchunked(byte[] body) {
        var in = new ByteArrayInputStream(body);
        var out = new ByteArrayOutputStream();
        while (true) {
            StringBuilder size = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                size.append((char) c);
            }
            int length = Integer.parseInt(size.toString().strip().split(";")[0], 16);
            if (length == 0) {
                return out.toByteArray();
            }
            byte[] chunk = new byte[length];
            if (in.read(chunk, 0, length) != length) {
                throw new IllegalStateException("a piece is cut short");
            }
            out.writeBytes(chunk);
            in.skip(2);
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("ETag", "\"tag\"");
        exchange.getResponseHeaders().set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
        }
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
