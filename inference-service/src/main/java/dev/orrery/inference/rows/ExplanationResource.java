package dev.orrery.inference.rows;

import dev.orrery.inference.endpoint.Endpoints;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.explain.Explanations;
import dev.orrery.inference.prediction.Question;
import dev.orrery.model.ModelCard;
import dev.orrery.model.explain.Explanation;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// Explanations of rows that are no predictions: nothing is logged, and no label will name them.
@Path("/v1/endpoints/{endpoint}/explanations")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
class ExplanationResource {

    private static final String CSV = "text/csv";

    /// Why one version answers rows as it does, in their order.
    record Explained(String endpoint, String model, int version, List<Explanation> explanations) {}

    private final Endpoints endpoints;
    private final Explanations explanations;
    private final JsonRows jsonRows;
    private final CsvRows csvRows;

    ExplanationResource(Endpoints endpoints, Explanations explanations, JsonRows jsonRows, CsvRows csvRows) {
        this.endpoints = endpoints;
        this.explanations = explanations;
        this.jsonRows = jsonRows;
        this.csvRows = csvRows;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "explain",
            summary = "Explain what a version says of rows",
            description = "What each column adds to the answer, the greatest part first, and the smallest change of one"
                    + " column that turns the decision. No prediction is made and nothing is logged.")
    @RequestBody(
            required = true,
            description = "One row, or an array of rows",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(anyOf = {Map.class, Map[].class})))
    @APIResponse(responseCode = "200", description = "Base and contributions, which add up to the score")
    @APIResponse(responseCode = "400", description = "A row that is wrong, by its place and column")
    @APIResponse(responseCode = "404", description = "There is no such endpoint, or the version is not loaded there")
    @APIResponse(responseCode = "413", description = "More rows than one request may have explained")
    @APIResponse(responseCode = "503", description = "No model is loaded, or too much is to be explained at once")
    public Uni<Explained> explain(
            @Parameter(description = "The endpoint's name") String endpoint,
            @Parameter(description = "A version that is loaded, whichever its role; the champion unless said otherwise")
                    @QueryParam("version")
                    String version,
            byte[] body) {
        return explained(endpoint, version, body, jsonRows::read);
    }

    @POST
    @Consumes(CSV)
    @Operation(operationId = "explain")
    @RequestBody(
            required = true,
            description = "A header that names columns, and a line for each row",
            content = @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING)))
    public Uni<Explained> explainTable(String endpoint, @QueryParam("version") String version, byte[] body) {
        return explained(endpoint, version, body, csvRows::read);
    }

    private Uni<Explained> explained(
            String endpoint, String version, byte[] body, BiFunction<byte[], ModelCard, Question> reader) {
        return explanations.apart(() -> {
            try (Serving serving = endpoints.get(endpoint).enter(version)) {
                Question question = reader.apply(body, serving.card());
                return new Explained(
                        endpoint,
                        serving.header().model(),
                        serving.header().version(),
                        explanations.of(serving, question.rows()));
            }
        });
    }
}
