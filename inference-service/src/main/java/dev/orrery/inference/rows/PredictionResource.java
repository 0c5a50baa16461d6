package dev.orrery.inference.rows;

import dev.orrery.contracts.event.Role;
import dev.orrery.inference.ContentCodings;
import dev.orrery.inference.admission.Deadlines;
import dev.orrery.inference.explain.Explanations;
import dev.orrery.inference.prediction.Answer;
import dev.orrery.inference.prediction.Predictions;
import dev.orrery.inference.prediction.Question;
import dev.orrery.inference.prediction.RequestThreads;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.model.Engine;
import dev.orrery.model.ModelCard;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
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
    private static final String JSON_LINES = "application/jsonl";
    private static final String NEWLINE_DELIMITED = "application/x-ndjson";

    /// What the rows of one request were answered, in their order.
    ///
    /// @param engine      what computed it
    /// @param threshold   a score from here on is a positive decision; only of a model of yes and no
    /// @param predictions each with its `id`, which a label can name later, and the model's outputs by name;
    ///                    where values are unusual, `flags` say by column what is
    @Schema(name = "Predicted")
    private record Predicted(
            String endpoint,
            String model,
            int version,
            Role role,
            Engine.Kind engine,
            Double threshold,
            List<Map<String, Object>> predictions) {}

    private final Predictions predictions;
    private final JsonRows jsonRows;
    private final CsvRows csvRows;
    private final RequestThreads threads;
    private final Explanations explanations;
    private final ContentCodings codings;

    PredictionResource(
            Predictions predictions,
            JsonRows jsonRows,
            CsvRows csvRows,
            RequestThreads threads,
            ContentCodings codings,
            Explanations explanations) {
        this.predictions = predictions;
        this.jsonRows = jsonRows;
        this.csvRows = csvRows;
        this.threads = threads;
        this.explanations = explanations;
        this.codings = codings;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @Operation(
            operationId = "predict",
            summary = "Predict for rows",
            description =
                    "The rows are JSON objects, column to value, one after the other as JSON Lines, or CSV lines under a"
                            + " header. What a row leaves"
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
    @APIResponse(
            responseCode = "200",
            description = "What the model says of each row",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Predicted.class)))
    @APIResponse(responseCode = "400", description = "A row that is wrong, by its place and column")
    @APIResponse(responseCode = "404", description = "Nothing is deployed at the endpoint")
    @APIResponse(responseCode = "413", description = "More rows or bytes than one request may have")
    @APIResponse(responseCode = "503", description = "The endpoint has no model loaded, or too much is asked at once")
    public Uni<Answer> predict(
            @Parameter(description = "The endpoint's name") String endpoint,
            @Parameter(description = "Whether each prediction comes with its explanation") @QueryParam("explain")
                    String explain,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) String coding,
            byte[] body) {
        return answer(endpoint, explain, body(coding, body, jsonRows::read), codings.size(coding, body));
    }

    @POST
    @Consumes(CSV)
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @Operation(operationId = "predict")
    @APIResponse(
            responseCode = "200",
            description = "What the model says of each row",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Predicted.class)))
    @RequestBody(
            required = true,
            description = "A header that names columns, and a line for each row",
            content =
                    @Content(
                            mediaType = CSV,
                            schema = @Schema(type = SchemaType.STRING),
                            examples = @ExampleObject(name = "one row", value = "column\nvalue")))
    public Uni<Answer> predictTable(
            String endpoint,
            @QueryParam("explain") String explain,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) String coding,
            byte[] body) {
        return answer(endpoint, explain, body(coding, body, csvRows::read), codings.size(coding, body));
    }

    @POST
    @Consumes({JSON_LINES, NEWLINE_DELIMITED})
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @Operation(operationId = "predict")
    @APIResponse(
            responseCode = "200",
            description = "What the model says of each row",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Predicted.class)))
    @RequestBody(
            required = true,
            description = "A JSON object on each line",
            content =
                    @Content(
                            mediaType = JSON_LINES,
                            schema = @Schema(type = SchemaType.STRING),
                            examples = @ExampleObject(name = "one row", value = "{\"column\": \"value\"}")))
    public Uni<Answer> predictLines(
            String endpoint,
            @QueryParam("explain") String explain,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) String coding,
            byte[] body) {
        return answer(endpoint, explain, body(coding, body, jsonRows::readLines), codings.size(coding, body));
    }

    private Predictions.Reader body(String coding, byte[] body, BiFunction<byte[], ModelCard, Question> reader) {
        return serving -> reader.apply(codings.expand(coding, body), serving.card());
    }

    private Uni<Answer> answer(String endpoint, String explain, Predictions.Reader read, long bytes) {
        return isAsked(explain)
                ? explanations.answer(endpoint, null, read)
                : threads.answer(bytes, Deadlines.current(), () -> predictions.ask(endpoint, read));
    }

    private static boolean isAsked(String explain) {
        return switch (explain) {
            case "true", "" -> true;
            case "false" -> false;
            case null -> false;
            default -> throw new Invalid("explain is true or false, not '%s'".formatted(explain));
        };
    }
}
