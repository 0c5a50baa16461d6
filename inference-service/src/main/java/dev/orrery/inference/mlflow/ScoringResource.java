package dev.orrery.inference.mlflow;

import dev.orrery.inference.endpoint.Endpoint;
import dev.orrery.inference.endpoint.Endpoints;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.kit.problem.NotFound;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// MLflow's scoring server, for clients that speak to one. An instance may serve several endpoints: which is meant
/// goes without saying where there is one, and is said by the path or by `?endpoint=` otherwise.
@Path("/")
@NonBlocking
class ScoringResource {

    static final String CSV = "text/csv";

    private final Endpoints endpoints;
    private final Scoring scoring;
    private final String version;

    ScoringResource(
            Endpoints endpoints,
            Scoring scoring,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.endpoints = endpoints;
        this.scoring = scoring;
        this.version = version;
    }

    @POST
    @Path("/invocations")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "invocations", summary = "Predict for rows in one of MLflow's forms")
    @APIResponse(responseCode = "200", description = "What the model says of each row")
    @APIResponse(responseCode = "400", description = "What is wrong with the request, by row and column")
    @APIResponse(responseCode = "404", description = "Nothing is deployed there")
    public Uni<ScoringAnswer> invocations(
            @Parameter(description = "Which endpoint; need not be said where there is one") @QueryParam("endpoint")
                    String endpoint,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) String coding,
            byte[] body) {
        return scoring.answer(only(endpoint), coding, body);
    }

    @POST
    @Path("/invocations")
    @Consumes(CSV)
    @Operation(operationId = "invocations")
    public Uni<ScoringAnswer> tableInvocations(
            @QueryParam("endpoint") String endpoint,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) String coding,
            byte[] body) {
        return scoring.answerTable(only(endpoint), coding, body);
    }

    @GET
    @Path("/ping")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(operationId = "ping", summary = "Whether any model answers, as MLflow's scoring server says it")
    @APIResponse(responseCode = "200", description = "One does")
    @APIResponse(responseCode = "503", description = "None does yet")
    public String ping() {
        if (endpoints.after("").stream().noneMatch(Endpoint::ready)) {
            throw new ServiceUnavailableException("No model is loaded yet.");
        }
        return "\n";
    }

    @GET
    @Path("/health")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(operationId = "scoringHealth", summary = "The same as /ping")
    public String health() {
        return ping();
    }

    @GET
    @Path("/version")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(operationId = "scoringVersion", summary = "The version of this service")
    public String version() {
        return version;
    }

    private String only(String endpoint) {
        if (endpoint != null) {
            return endpoint;
        }
        List<String> names = endpoints.after("").stream().map(Endpoint::name).toList();
        if (names.isEmpty()) {
            throw new NotFound("Nothing is deployed here yet.");
        }
        if (names.size() > 1) {
            throw new Invalid("%d endpoints are deployed here; say which is meant, as in /invocations?endpoint=%s"
                    .formatted(names.size(), names.getFirst()));
        }
        return names.getFirst();
    }
}
