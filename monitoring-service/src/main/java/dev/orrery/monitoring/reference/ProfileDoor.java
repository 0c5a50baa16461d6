package dev.orrery.monitoring.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.Profile;
import dev.orrery.monitoring.MonitoringConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;

/// The registry's door to the profile in a model version's package.
@ApplicationScoped
class ProfileDoor {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LARGEST = 16L << 20;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /// The registry did not answer with a profile, nor that there is none.
    static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        Unavailable(String message) {
            super(message);
        }
    }

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final URI registry;

    ProfileDoor(MonitoringConfig config) {
        this.registry = config.registryUrl();
    }

    /// The profile's JSON, known to be readable; empty when the version has none.
    Optional<String> fetch(ModelVersion version) throws Unavailable, InterruptedException {
        URI uri = URI.create("%s/v1/models/%s/versions/%d/package/profile.json"
                .formatted(registry, segment(version.model()), version.version()));
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
                    BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST));
            return switch (answer.statusCode()) {
                case NOT_FOUND -> Optional.empty();
                case OK -> {
                    parse(answer.body());
                    yield Optional.of(answer.body());
                }
                default -> throw new Unavailable("%s answered %d".formatted(uri, answer.statusCode()));
            };
        } catch (IOException e) {
            throw new Unavailable("%s could not be asked: %s".formatted(uri, e));
        } catch (IllegalArgumentException e) {
            throw new Unavailable("%s answered with something else: %s".formatted(uri, e.getMessage()));
        }
    }

    /// @throws IllegalArgumentException when this is no profile
    static Profile parse(String json) {
        try {
            Profile profile = Json.MAPPER.readValue(json, Profile.class);
            if (profile == null || profile.score() == null) {
                throw new IllegalArgumentException("a profile has features and a score");
            }
            return profile;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a profile: " + e.getOriginalMessage(), e);
        }
    }

    private static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
