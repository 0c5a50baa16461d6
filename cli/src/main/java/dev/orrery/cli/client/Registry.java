package dev.orrery.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.usecase.UseCase;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;

/// model-registry-service.
public final class Registry {

    public record Revision(String name, int revision, UseCase useCase) {}

    public record Promotion(String endpoint, long revision, String model, int version) {}

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
}
