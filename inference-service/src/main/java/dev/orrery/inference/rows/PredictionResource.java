package dev.orrery.inference.rows;

import dev.orrery.inference.prediction.Answer;
import dev.orrery.inference.prediction.Predictions;
import dev.orrery.inference.prediction.Question;
import dev.orrery.inference.prediction.RequestThreads;
import dev.orrery.model.ModelCard;
import dev.orrery.model.Output;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// Predictions for people: a row is a JSON object, column to value, or a line of CSV under a header.
@Path("/v1/endpoints/{endpoint}/predictions")
@NonBlocking
class PredictionResource {

    static final String CSV = "text/csv";
    static final String ID = "id";

    /// What the rows of one request were answered, in their order.
    ///
    /// @param predictions each with its `id`, which a label can name later, and the model's outputs by name
    record Predicted(String endpoint, String model, int version, List<SequencedMap<String, Object>> predictions) {
        static Predicted of(Answer answer) {
            return new Predicted(
                    answer.header().endpoint(),
                    answer.header().model(),
                    answer.header().version(),
                    IntStream.range(0, answer.size())
                            .mapToObj(row -> row(answer, row))
                            .toList());
        }

        private static SequencedMap<String, Object> row(Answer answer, int row) {
            List<Output> outputs = answer.serving().card().outputs();
            SequencedMap<String, Object> named = LinkedHashMap.newLinkedHashMap(1 + outputs.size());
            named.put(ID, answer.id(row));
            for (int output = 0; output < outputs.size(); output++) {
                Object value = answer.value(output, row);
                named.put(
                        outputs.get(output).name(),
                        value instanceof Float number ? (Double) number.doubleValue() : value);
            }
            return named;
        }
    }

    private final Predictions predictions;
    private final JsonRows jsonRows;
    private final CsvRows csvRows;
    private final RequestThreads threads;

    PredictionResource(Predictions predictions, JsonRows jsonRows, CsvRows csvRows, RequestThreads threads) {
        this.predictions = predictions;
        this.jsonRows = jsonRows;
        this.csvRows = csvRows;
        this.threads = threads;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @Operation(
            operationId = "predict",
            summary = "Predict for rows",
            description = "The rows are JSON objects, column to value, or CSV lines under a header. What a row leaves"
                    + " out is missing; columns of the dataset that the model does not take may come along. Answered in"
                    + " the order of the rows, as JSON, or as CSV with `Accept: text/csv`.")
    @RequestBody(
            required = true,
            description = "One row, or an array of rows",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(anyOf = {Map.class, Map[].class}),
                            examples = @ExampleObject(name = "one row", value = "{\"column\": \"value\"}")))
    @APIResponse(responseCode = "200", description = "What the model says of each row")
    @APIResponse(responseCode = "400", description = "A row that is wrong, by its place and column")
    @APIResponse(responseCode = "404", description = "Nothing is deployed at the endpoint")
    @APIResponse(responseCode = "413", description = "More rows or bytes than one request may have")
    @APIResponse(responseCode = "503", description = "The endpoint has no model loaded, or too much is asked at once")
    public Uni<Predicted> predict(@Parameter(description = "The endpoint's name") String endpoint, byte[] body) {
        return answer(endpoint, body, jsonRows::read);
    }

    @POST
    @Consumes(CSV)
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @Operation(operationId = "predict")
    @RequestBody(
            required = true,
            description = "A header that names columns, and a line for each row",
            content =
                    @Content(
                            mediaType = CSV,
                            schema = @Schema(type = SchemaType.STRING),
                            examples = @ExampleObject(name = "one row", value = "column\nvalue")))
    public Uni<Predicted> predictTable(String endpoint, byte[] body) {
        return answer(endpoint, body, csvRows::read);
    }

    private Uni<Predicted> answer(String endpoint, byte[] body, BiFunction<byte[], ModelCard, Question> reader) {
        return threads.answer(
                body, () -> Predicted.of(predictions.ask(endpoint, serving -> reader.apply(body, serving.card()))));
    }
}
