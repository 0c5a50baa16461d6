package dev.orrery.monitoring.prediction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Another service, asked for something small while a person waits.
final class Neighbour {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int LARGEST = 4 << 20;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private final String title;
    private final URI base;

    Neighbour(String title, URI base) {
        this.title = title;
        this.base = base;
    }

    /// It did not say what was asked; the message tells why.
    static final class Silent extends Exception {
        private static final long serialVersionUID = 1L;

        Silent(String message) {
            super(message);
        }
    }

    /// What it answers to a path, whose parts are escaped.
    ///
    /// @param path with a `%s` or `%d` for each part
    JsonNode get(String path, Object... parts) throws Silent {
        return ask(request(path, parts).build());
    }

    /// What it answers to JSON that is sent to a path.
    JsonNode post(byte[] json, String path, Object... parts) throws Silent {
        return ask(request(path, parts)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json))
                .build());
    }

    private HttpRequest.Builder request(String path, Object... parts) {
        Object[] escaped = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            escaped[i] = parts[i] instanceof String text
                    ? URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20")
                    : parts[i];
        }
        return HttpRequest.newBuilder(URI.create(base.toString().replaceAll("/$", "") + path.formatted(escaped)))
                .timeout(PATIENCE);
    }

    private Silent refused(int status, byte[] problem) throws IOException {
        JsonNode said = Json.MAPPER.readTree(problem).path("detail");
        String why = said.isTextual() ? ": " + said.asText() : "";
        return status == NOT_FOUND
                ? new Silent("%s does not know it (any more)%s".formatted(title, why))
                : new Silent("%s answered with status %d%s".formatted(title, status, why));
    }

    private JsonNode ask(HttpRequest request) throws Silent {
        try {
            HttpResponse<InputStream> answer = HTTP.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(LARGEST);
                if (answer.statusCode() == OK) {
                    return Json.MAPPER.readTree(bytes);
                }
                throw refused(answer.statusCode(), bytes);
            }
        } catch (JsonProcessingException e) {
            throw new Silent("%s answered something else than JSON".formatted(title));
        } catch (IOException e) {
            throw new Silent("%s cannot be reached at %s".formatted(title, base));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Silent("%s was not waited for".formatted(title));
        }
    }
}
