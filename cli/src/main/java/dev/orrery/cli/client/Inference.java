package dev.orrery.cli.client;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;

/// inference-service.
public final class Inference {

    /// @param revision of the deployment that answers
    /// @param pending  a newer one that does not answer yet; null when there is none
    public record Endpoint(String endpoint, long revision, boolean ready, Pending pending) {}

    public record Pending(long revision, String failure) {}

    public record Answer(String model, int version, List<Prediction> predictions) {}

    public record Prediction(String id, double score, boolean decision) {}

    private final Client client;

    Inference(Client client) {
        this.client = client;
    }

    public Endpoint endpoint(String name) {
        return client.get("/v1/endpoints/" + name, Endpoint.class);
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
}
