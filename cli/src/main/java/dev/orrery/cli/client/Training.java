package dev.orrery.cli.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/// model-training-service.
public final class Training {

    /// @param state    queued, running, succeeded or failed
    /// @param metrics  on the holdout; null until it has succeeded
    /// @param warnings what a person should know of the data that it was made from
    public record Job(
            String id,
            String recipe,
            String state,
            Metrics metrics,
            List<String> warnings,
            Integer version,
            String error) {

        public Job {
            warnings = warnings == null ? List.of() : List.copyOf(warnings);
        }

        public boolean isOver() {
            return hasSucceeded() || state.equals("failed");
        }

        public boolean hasSucceeded() {
            return state.equals("succeeded");
        }
    }

    /// @param valuePer1000Everybody what a yes to every row of the holdout would have been worth
    /// @param valuePer1000Nobody    what a no to every row would have been worth
    public record Metrics(
            double rocAuc,
            double threshold,
            long truePositives,
            long falsePositives,
            long falseNegatives,
            long trueNegatives,
            @JsonProperty("value_per_1000") double valuePer1000,
            @JsonProperty("value_per_1000_everybody") double valuePer1000Everybody,
            @JsonProperty("value_per_1000_nobody") double valuePer1000Nobody,
            long holdoutRows) {

        /// Rows whose label is positive.
        public long positives() {
            return truePositives + falseNegatives;
        }

        public long negatives() {
            return falsePositives + trueNegatives;
        }
    }

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
