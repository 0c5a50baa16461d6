package dev.orrery.inference.prediction;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;

/// Predictions for people: a row is a JSON object, column to value.
@Path("/v1/endpoints/{endpoint}/predictions")
@NonBlocking
class PredictionResource {

    record View(String endpoint, String model, int version, List<Prediction> predictions) {
        static View of(Answer answer) {
            return new View(
                    answer.deployment().endpoint(),
                    answer.slot().model(),
                    answer.slot().version(),
                    IntStream.range(0, answer.size())
                            .mapToObj(row -> new Prediction(answer.id(row), answer.scores()[row], answer.decision(row)))
                            .toList());
        }
    }

    record Prediction(String id, double score, boolean decision) {}

    private final Predictions predictions;
    private final JsonRows rows;
    private final RequestThreads threads;

    PredictionResource(Predictions predictions, JsonRows rows, RequestThreads threads) {
        this.predictions = predictions;
        this.rows = rows;
        this.threads = threads;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequestBody(
            required = true,
            description = "One row, or an array of rows",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(anyOf = {Map.class, Map[].class}),
                            examples = @ExampleObject(name = "one row", value = "{\"column\": \"value\"}")))
    public Uni<View> predict(String endpoint, byte[] body) {
        return threads.answer(
                body, () -> View.of(predictions.ask(endpoint, serving -> rows.read(body, serving.card()))));
    }
}
