package dev.orrery.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.orrery.contracts.Json;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;

/// inference-service.
public final class Inference {

    /// @param revision of the deployment that answers
    /// @param slots    the versions that answer
    /// @param pending  a newer one that does not answer yet; null when there is none
    public record Endpoint(String endpoint, long revision, boolean ready, List<Slot> slots, Pending pending) {

        /// How a decision is said: yes or no, or the label's values where they say more.
        String said(boolean decision) {
            return slots == null
                    ? word(decision)
                    : slots.stream()
                            .flatMap(slot -> slot.outputs().stream())
                            .filter(output -> output.classes().size() == 2
                                    && output.name().equals("decision"))
                            .map(output -> output.classes().get(decision ? 1 : 0))
                            .filter(value -> !value.equals(String.valueOf(decision)))
                            .map("'%s'"::formatted)
                            .findFirst()
                            .orElse(word(decision));
        }

        private static String word(boolean decision) {
            return decision ? "yes" : "no";
        }
    }

    public record Slot(List<Output> outputs) {}

    /// @param classes the label's values that it speaks of, the negative one of a decision first
    public record Output(String name, List<String> classes) {}

    public record Pending(long revision, String failure) {}

    public record Answer(String model, int version, List<Prediction> predictions) {}

    public record Prediction(String id, double score, boolean decision) {}

    /// Rows that are scored in the background.
    ///
    /// @param state queued, running, done, failed or cancelled
    record Job(
            String id,
            String endpoint,
            String model,
            int version,
            String state,
            long rows,
            long rowsDone,
            long scored,
            long rejected,
            Double rowsPerSecond,
            Double secondsLeft,
            String error) {

        boolean isOver() {
            return !state.equals("queued") && !state.equals("running");
        }
    }

    private final Client client;

    Inference(Client client) {
        this.client = client;
    }

    public Endpoint endpoint(String name) {
        return client.get("/v1/endpoints/" + name, Endpoint.class);
    }

    /// All endpoints, as the service shows them.
    JsonNode endpoints() {
        ArrayNode all = Json.MAPPER.createArrayNode();
        String token = "";
        while (token != null) {
            JsonNode page = client.get("/v1/endpoints?limit=1000&page_token=" + token, JsonNode.class);
            page.path("endpoints").forEach(all::add);
            token = page.path("next_page_token").textValue();
        }
        return all;
    }

    /// What the model of an endpoint takes and returns, as the Open Inference Protocol says it.
    public JsonNode metadata(String endpoint) {
        return client.get("/v2/models/" + endpoint, JsonNode.class);
    }

    public Answer predict(String endpoint, List<Map<String, Object>> rows) {
        return client.post("/v1/endpoints/%s/predictions".formatted(endpoint), rows, Answer.class);
    }

    /// @param csv a header that names columns, and a line for each row
    Answer predict(String endpoint, String csv) {
        return client.send(
                "POST",
                "/v1/endpoints/%s/predictions".formatted(endpoint),
                "text/csv",
                BodyPublishers.ofString(csv),
                Answer.class,
                List.of());
    }

    /// Has rows scored in the background.
    ///
    /// @param output csv or parquet
    Job score(String endpoint, String contentType, BodyPublisher rows, String output) {
        return client.send(
                "POST",
                "/v1/endpoints/%s/jobs?output=%s".formatted(endpoint, output),
                contentType,
                rows,
                Job.class,
                List.of());
    }

    Job job(String id) {
        return client.get("/v1/jobs/" + id, Job.class);
    }

    /// What a job has written, to be read and closed by the caller.
    ///
    /// @param what output or errors
    InputStream written(String id, String what) {
        return client.stream("/v1/jobs/%s/%s".formatted(id, what));
    }
}
