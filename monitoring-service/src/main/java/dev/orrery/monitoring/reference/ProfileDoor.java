package dev.orrery.monitoring.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.Profile;
import dev.orrery.contracts.Profile.Bins;
import dev.orrery.monitoring.MonitoringConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// The registry's door to the profile in a model version's package.
@ApplicationScoped
class ProfileDoor {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST = 16 << 20;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /// The registry did not say what there is; it may later.
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

    /// What the package says: a profile, none, or something that is none.
    Reference fetch(ModelVersion version) throws Unavailable, InterruptedException {
        URI uri = URI.create("%s/v1/models/%s/versions/%d/package/profile.json"
                .formatted(registry, segment(version.model()), version.version()));
        try {
            HttpResponse<InputStream> answer =
                    http.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return switch (answer.statusCode()) {
                    case NOT_FOUND -> new Reference.Absent();
                    case OK -> read(body.readNBytes(LARGEST + 1));
                    default -> throw new Unavailable("%s answered %d".formatted(uri, answer.statusCode()));
                };
            }
        } catch (IOException e) {
            throw new Unavailable("%s could not be asked: %s".formatted(uri, e));
        }
    }

    /// A package never changes: what is no profile today will be none tomorrow.
    static Reference read(byte[] json) {
        if (json.length > LARGEST) {
            return new Reference.Unusable("profile.json is larger than %d bytes".formatted(LARGEST));
        }
        try {
            Profile profile = Json.MAPPER.readValue(json, Profile.class);
            return fault(profile)
                    .<Reference>map(Reference.Unusable::new)
                    .findFirst()
                    .orElseGet(() -> new Reference.Known(profile));
        } catch (JsonProcessingException e) {
            return new Reference.Unusable("profile.json is no profile: " + e.getOriginalMessage());
        } catch (IOException e) {
            return new Reference.Unusable("profile.json is no profile: " + e.getMessage());
        }
    }

    private static Stream<String> fault(Profile profile) {
        if (profile == null || profile.outputs().isEmpty()) {
            return Stream.of("profile.json has no output");
        }
        return Stream.concat(profile.features().stream(), profile.outputs().stream())
                .flatMap(ProfileDoor::fault);
    }

    private static Stream<String> fault(Bins bins) {
        if (bins.column() == null) {
            return Stream.of("profile.json has a column without a name");
        }
        boolean counted = bins.total() > 0 && Arrays.stream(bins.counts()).allMatch(count -> count >= 0);
        return counted ? Stream.empty() : Stream.of("profile.json counts no rows of " + bins.column());
    }

    private static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
