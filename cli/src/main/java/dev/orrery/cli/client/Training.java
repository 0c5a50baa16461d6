package dev.orrery.cli.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/// model-training-service.
public final class Training {

    /// @param state   queued, running, succeeded or failed
    /// @param metrics on the holdout; null until it has succeeded
    public record Job(
            String id, String recipe, String state, String step, Metrics metrics, Integer version, String error) {

        public boolean isOver() {
            return hasSucceeded() || state.equals("failed");
        }

        public boolean hasSucceeded() {
            return state.equals("succeeded");
        }
    }

    public record Metrics(
            double rocAuc, @JsonProperty("value_per_1000") double valuePer1000, long holdoutRows) {}

    private final Client client;

    Training(Client client) {
        this.client = client;
    }

    /// Asks for a training; asked again, it is the same one.
    public Job request(String useCase, String recipe, int datasetVersion, String reason) {
        return client.post(
                "/v1/trainings",
                Map.of("use_case", useCase, "recipe", recipe, "dataset_version", datasetVersion, "reason", reason),
                Job.class,
                List.of("Idempotency-Key", "%s/%d/%s".formatted(useCase, datasetVersion, recipe)));
    }

    public Job job(String id) {
        return client.get("/v1/trainings/" + id, Job.class);
    }
}
