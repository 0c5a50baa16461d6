package dev.orrery.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.usecase.UseCase;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// model-registry-service.
public final class Registry {

    public record Revision(String name, int revision, UseCase useCase) {}

    public record Promotion(String endpoint, long revision, String model, int version) {}

    /// What should run at an endpoint.
    ///
    /// @param slots none when it was withdrawn
    public record Deployment(String endpoint, long revision, List<Slot> slots) {}

    /// @param share percent
    public record Slot(String model, int version, String role, int share) {}

    private record Slots(List<?> slots, String by, String reason) {}

    private record Back(Long to, String by, String reason) {}

    private static final String JSON = "application/json";

    private final Client client;

    Registry(Client client) {
        this.client = client;
    }

    /// Puts a use-case file, as it was written.
    public Revision put(String name, String yaml) {
        return client.send(
                "PUT",
                "/v1/use-cases/" + name,
                "application/yaml",
                BodyPublishers.ofString(yaml),
                Revision.class,
                List.of());
    }

    /// A use case as it stands now.
    public Revision useCase(String name) {
        return client.get("/v1/use-cases/" + name, Revision.class);
    }

    /// Registers the first version of a new model whose package holds one file, as MLflow's clients do.
    public void register(String model, String file, Object content) {
        String experiment = mlflow("experiments/create", Map.of("name", model))
                .path("experiment_id")
                .asText();
        JsonNode run = mlflow("runs/create", Map.of("experiment_id", experiment))
                .path("run")
                .path("info");
        String folder = run.path("artifact_uri").asText() + "/model";
        String path = URI.create(folder).getRawPath();
        client.send(
                "PUT",
                "/api/2.0/mlflow-artifacts/artifacts%s/%s".formatted(path, file),
                "application/octet-stream",
                BodyPublishers.ofByteArray(Json.bytes(content)),
                JsonNode.class,
                List.of());
        mlflow("registered-models/create", Map.of("name", model));
        mlflow(
                "model-versions/create",
                Map.of(
                        "name",
                        model,
                        "source",
                        folder,
                        "run_id",
                        run.path("run_id").asText()));
    }

    private JsonNode mlflow(String what, Map<String, String> body) {
        return client.post("/api/2.0/mlflow/" + what, body, JsonNode.class);
    }

    public Promotion promote(String model, int version, String by, String reason) {
        return client.post(
                "/v1/models/%s/versions/%d/promotion".formatted(model, version),
                Map.of("by", by, "reason", reason),
                Promotion.class);
    }

    /// What should run at an endpoint.
    public Deployment deployment(String endpoint) {
        return client.get("/v1/deployments/" + endpoint, Deployment.class);
    }

    /// Lets these versions run at an endpoint, and no others.
    ///
    /// @param slots each with model, version, role and share
    /// @param on    the revision that this was decided on; null for whichever
    public Deployment deploy(String endpoint, List<?> slots, String by, String reason, Long on) {
        return client.send(
                "PUT",
                "/v1/deployments/" + endpoint,
                JSON,
                body(new Slots(slots, by, reason)),
                Deployment.class,
                ifMatch(on));
    }

    /// @param to the revision that is wanted back; null for the last before this one
    public Deployment rollBack(String endpoint, Long to, String by, String reason, Long on) {
        return client.send(
                "POST",
                "/v1/deployments/%s/rollback".formatted(endpoint),
                JSON,
                body(new Back(to, by, reason)),
                Deployment.class,
                ifMatch(on));
    }

    public Deployment withdraw(String endpoint, String by, String reason, Long on) {
        String query = "?by=" + encoded(by) + (reason == null ? "" : "&reason=" + encoded(reason));
        return client.send(
                "DELETE",
                "/v1/deployments/" + endpoint + query,
                JSON,
                BodyPublishers.noBody(),
                Deployment.class,
                ifMatch(on));
    }

    private static List<String> ifMatch(Long on) {
        return on == null ? List.of() : List.of("If-Match", "\"%d\"".formatted(on));
    }

    private static BodyPublisher body(Object value) {
        return BodyPublishers.ofByteArray(Json.bytes(value));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
