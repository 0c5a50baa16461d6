package dev.orrery.cli.platform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Asks a service about itself, by the health checks that it brings.
final class Health {

    private static final int SOON_MILLIS = 1000;
    private static final int PATIENCE_MILLIS = 5000;

    private Health() {}

    /// @param answered whether it said anything at all
    /// @param words    what is wrong, in its own words
    record Answer(boolean well, boolean answered, String words) {

        static final Answer WELL = new Answer(true, true, "");
        static final Answer SILENT = new Answer(false, false, "");
    }

    /// Whether a service on this machine says that it can do its work.
    static boolean isReady(int port) {
        return ready(port).well();
    }

    static Answer ready(int port) {
        return ready(URI.create("http://127.0.0.1:" + port));
    }

    /// Whether a service says that it can do its work, and if not, what it waits for.
    static Answer ready(URI service) {
        return ask(service, "ready", SOON_MILLIS);
    }

    /// Whether a service says that it is alive, and if not, why.
    static Answer live(int port) {
        return ask(URI.create("http://127.0.0.1:" + port), "live", PATIENCE_MILLIS);
    }

    private static Answer ask(URI service, String check, int patienceMillis) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    service.resolve("/q/health/" + check).toURL().openConnection();
            connection.setConnectTimeout(patienceMillis);
            connection.setReadTimeout(patienceMillis);
            if (connection.getResponseCode() == HttpURLConnection.HTTP_OK) {
                return Answer.WELL;
            }
            try (InputStream body = connection.getErrorStream()) {
                return new Answer(false, true, body == null ? "" : words(Json.MAPPER.readTree(body)));
            }
        } catch (IOException e) {
            return Answer.SILENT;
        }
    }

    /// The checks that are down, each with what it adds.
    private static String words(JsonNode health) {
        return StreamSupport.stream(health.path("checks").spliterator(), false)
                .filter(check -> "DOWN".equals(check.path("status").asText()))
                .map(Health::word)
                .collect(Collectors.joining("; "));
    }

    private static String word(JsonNode check) {
        String data = StreamSupport.stream(check.path("data").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        return check.path("name").asText() + (data.isEmpty() ? "" : ": " + data);
    }
}
