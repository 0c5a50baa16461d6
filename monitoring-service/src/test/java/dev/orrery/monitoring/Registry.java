package dev.orrery.monitoring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.Profile;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// Stands for the registry: its door to profiles, which a test may close, and whatever a test says that it, validation,
/// ingest and inference answer.
public class Registry implements QuarkusTestResourceLifecycleManager {

    private static final Map<String, String> PROFILES = new ConcurrentHashMap<>();
    private static final Set<String> AWAY = ConcurrentHashMap.newKeySet();

    private HttpServer server;

    /// From now on the model version has this profile.
    public static void offer(String model, int version, Profile profile) {
        offer(model, version, Json.text(profile));
    }

    public static void offer(String model, int version, String body) {
        PROFILES.put(path(model, version), body);
        AWAY.remove(path(model, version));
    }

    /// From now on a path is answered like this, whichever service is asked.
    public static void answer(String path, String body) {
        PROFILES.put(path, body);
    }

    /// Whoever asks for this version's profile is told to come back.
    public static void goAway(String model, int version) {
        AWAY.add(path(model, version));
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", Registry::answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            return Map.of(
                    "orrery.registry-url", url,
                    "orrery.validation-url", url,
                    "orrery.ingest-url", url,
                    "orrery.inference-url", url);
        } catch (IOException e) {
            throw new UncheckedIOException("the test's registry did not start", e);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String query = exchange.getRequestURI().getRawQuery();
        path = query == null ? path : path + "?" + query;
        String profile = PROFILES.get(path);
        int status = AWAY.contains(path) ? 503 : profile == null ? 404 : 200;
        byte[] body = (status == 200 ? profile : "{}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static String path(String model, int version) {
        return "/v1/models/%s/versions/%d/package/profile.json".formatted(model, version);
    }
}
