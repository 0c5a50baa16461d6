package dev.orrery.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Talks to one service: JSON in and out, connections kept open, every refusal a [ServiceProblem].
final class Client {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SUCCESS = 200;
    private static final int REDIRECTION = 300;

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String service;
    private final URI base;

    Client(String service, URI base) {
        this.service = service;
        this.base = base;
    }

    <T> T get(String path, Class<T> type) {
        return read(exchange(request(path).GET()), Json.MAPPER.constructType(type));
    }

    /// What a stream of JSON holds, to be read and closed by the caller.
    InputStream stream(String path) {
        return exchange(request(path).GET());
    }

    <T> T post(String path, Object body, Class<T> type) {
        return post(path, body, type, List.of());
    }

    /// @param headers names and values in turn
    <T> T post(String path, Object body, Class<T> type, List<String> headers) {
        return send("POST", path, "application/json", BodyPublishers.ofString(json(body)), type, headers);
    }

    /// Sends anything else than JSON.
    <T> T send(
            String method, String path, String contentType, BodyPublisher body, Class<T> type, List<String> headers) {
        HttpRequest.Builder request = request(path).method(method, body).header("Content-Type", contentType);
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        return read(exchange(request), Json.MAPPER.constructType(type));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).header("Accept", "application/json");
    }

    private InputStream exchange(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<InputStream> response = HTTP.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() >= SUCCESS && response.statusCode() < REDIRECTION) {
                return response.body();
            }
            throw refusal(request, response);
        } catch (IOException e) {
            throw ServiceProblem.unreachable(
                    "%s does not answer at %s (%s); its log says why: ./orrery logs %s"
                            .formatted(service, base, e.getMessage() == null ? e : e.getMessage(), service),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ServiceProblem.unreachable("interrupted while %s was asked".formatted(service), e);
        }
    }

    private ServiceProblem refusal(HttpRequest request, HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return ServiceProblem.refused(problem(request, response.statusCode(), text));
        }
    }

    private Problem problem(HttpRequest request, int status, String text) {
        try {
            Problem problem = Json.MAPPER.readValue(text, Problem.class);
            if (problem.status() == status) {
                return problem;
            }
        } catch (JsonProcessingException e) {
            return unexplained(request, status, text);
        }
        return unexplained(request, status, text);
    }

    private Problem unexplained(HttpRequest request, int status, String text) {
        String detail = "%s answered %s %s with %d: %s"
                .formatted(service, request.method(), request.uri(), status, text.strip());
        return Problem.of(status, "Unexpected answer", detail, List.of());
    }

    private <T> T read(InputStream body, JavaType type) {
        try (body) {
            return Json.MAPPER.readValue(body, type);
        } catch (IOException e) {
            throw ServiceProblem.unreachable(
                    "the answer of %s cannot be read: %s".formatted(service, e.getMessage()), e);
        }
    }

    private static String json(Object body) {
        try {
            return Json.MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
