package dev.orrery.inference.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import dev.orrery.kit.problem.NotFound;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ServiceUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Asks validation where a version of a dataset lies: once for each job, when it is asked for.
@Singleton
class DatasetVersions {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long RETRY_SECONDS = 5;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final URI validation;

    DatasetVersions(JobsConfig config) {
        validation = config.validationUrl();
    }

    /// @param version null for the newest
    /// @throws NotFound                    when there is none
    /// @throws ServiceUnavailableException when validation does not say
    Source.Dataset find(String dataset, Integer version) {
        JsonNode found = version == null
                ? newest(dataset)
                : get("/v1/datasets/%s/versions/%d".formatted(segment(dataset), version), dataset);
        return new Source.Dataset(
                dataset,
                found.path("version").asInt(),
                found.path("rows").asLong(),
                found.path("metadata_uri").asText(),
                found.path("snapshot_id").asLong());
    }

    private JsonNode newest(String dataset) {
        String path = "/v1/datasets/%s/versions?limit=1000".formatted(segment(dataset));
        JsonNode newest = null;
        String token = "";
        while (token != null) {
            JsonNode page = get(path + (token.isEmpty() ? "" : "&page_token=" + segment(token)), dataset);
            JsonNode versions = page.path("versions");
            newest = versions.isEmpty() ? newest : versions.get(versions.size() - 1);
            token = page.hasNonNull("next_page_token")
                    ? page.get("next_page_token").asText()
                    : null;
        }
        if (newest == null) {
            throw new NotFound("Dataset '%s' has no version yet.".formatted(dataset));
        }
        return newest;
    }

    private JsonNode get(String path, String dataset) {
        URI uri = URI.create(validation.toString().replaceAll("/$", "") + path);
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<byte[]> answer =
                    http.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
            return switch (answer.statusCode()) {
                case OK -> Json.MAPPER.readTree(answer.body());
                case NOT_FOUND ->
                    throw new NotFound("Validation knows no such version of dataset '%s'.".formatted(dataset));
                default -> throw silent("answered with status %d".formatted(answer.statusCode()));
            };
        } catch (IOException _) {
            throw silent("cannot be reached");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw silent("was not waited for");
        }
    }

    private ServiceUnavailableException silent(String what) {
        return new ServiceUnavailableException(
                "Validation at %s, which knows where datasets lie, %s; ask again.".formatted(validation, what),
                RETRY_SECONDS);
    }

    private static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
