package dev.orrery.inference.job;

import dev.orrery.kit.problem.Invalid;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/// Many rows in, a job out.
@Path("/v1/endpoints/{endpoint}/jobs")
@RunOnVirtualThread
@Tag(name = "Jobs")
class SubmissionResource {

    static final String CSV = "text/csv";
    static final String PARQUET = "application/vnd.apache.parquet";

    private final Intake intake;

    SubmissionResource(Intake intake) {
        this.intake = intake;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Score many rows",
            description = "A CSV or Parquet file is written to disk as it comes; JSON names a version of a dataset. The"
                    + " rows are scored in the background by one version of the model, behind live requests.")
    @APIResponse(
            responseCode = "202",
            description = "The rows will be scored; Location tells how far it is.",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @APIResponse(responseCode = "400", description = "The file is no table of the model's columns; detail says where")
    @APIResponse(responseCode = "404", description = "The endpoint, its version or the dataset version is not known")
    @APIResponse(responseCode = "409", description = "The Idempotency-Key was used for something else")
    @APIResponse(responseCode = "413", description = "The file is larger than is allowed")
    @APIResponse(responseCode = "415", description = "The body is none of these")
    @APIResponse(responseCode = "429", description = "Too many jobs wait")
    @APIResponse(responseCode = "503", description = "No model is loaded, or validation does not answer")
    @APIResponse(responseCode = "507", description = "The jobs' share of the disk is full")
    public Response submit(
            @Parameter(description = "the endpoint's name") String endpoint,
            @Parameter(description = "csv or parquet; as the upload is, and csv for a dataset, when left out")
                    @RestQuery
                    String output,
            @Parameter(description = "true puts the predictions on the prediction log, each with an id") @RestQuery
                    boolean log,
            @Parameter(description = "a version that is loaded there; the champion when left out") @RestQuery
                    String version,
            @Parameter(description = "The same key with the same rows is one job, however often it is sent.")
                    @HeaderParam("Idempotency-Key")
                    String key,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) String type,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_LENGTH) Long length,
            @RequestBody(
                            required = true,
                            content = {
                                @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING)),
                                @Content(mediaType = PARQUET, schema = @Schema(format = "binary")),
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON,
                                        schema = @Schema(implementation = Intake.Order.class))
                            })
                    InputStream body)
            throws IOException {
        Intake.Said said = new Intake.Said(type, length, version, form(output, type), log, key);
        Job job = intake.take(endpoint, body, said);
        return Response.accepted(JobView.of(job))
                .header(HttpHeaders.LOCATION, "/v1/jobs/" + job.id())
                .build();
    }

    private static Job.Form form(String output, String type) {
        String wanted = output != null ? output : type != null && type.startsWith(PARQUET) ? "parquet" : "csv";
        try {
            return Job.Form.valueOf(wanted.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new Invalid("output must be csv or parquet, not '%s'.".formatted(output));
        }
    }
}
