package dev.orrery.training.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orrery.contracts.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;

/// Versions of registered models. A run has one at most.
final class Versions {

    private final MlflowClient client;

    Versions(MlflowClient client) {
        this.client = client;
    }

    /// The version that a run made of a model, made if there is none yet.
    int of(String model, String runId, String source, Map<String, String> tags) {
        createModel(model);
        return find(model, runId).orElseGet(() -> create(model, runId, source, tags));
    }

    private void createModel(String name) {
        try {
            client.sendPost("registered-models/create", Json.text(Map.of("name", name)));
        } catch (MlflowHttpException e) {
            if (!String.valueOf(e.getBodyMessage()).contains("RESOURCE_ALREADY_EXISTS")) {
                throw e;
            }
        }
    }

    private Optional<Integer> find(String model, String runId) {
        return client.searchModelVersions("run_id = '%s'".formatted(runId)).getItems().stream()
                .filter(version -> version.getName().equals(model))
                .map(version -> Integer.valueOf(version.getVersion()))
                .findFirst();
    }

    private int create(String model, String runId, String source, Map<String, String> tags) {
        List<Map<String, String>> pairs = tags.entrySet().stream()
                .map(tag -> Map.of("key", tag.getKey(), "value", tag.getValue()))
                .toList();
        String answer = client.sendPost(
                "model-versions/create",
                Json.text(Map.of("name", model, "source", source, "run_id", runId, "tags", pairs)));
        try {
            return Integer.parseInt(
                    Json.MAPPER.readTree(answer).at("/model_version/version").asText());
        } catch (JsonProcessingException | NumberFormatException e) {
            throw new RegistryUnavailable("the registry names no version: " + answer, e);
        }
    }
}
