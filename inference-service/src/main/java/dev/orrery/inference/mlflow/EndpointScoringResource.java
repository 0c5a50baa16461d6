package dev.orrery.inference.mlflow;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// MLflow's invocations of one endpoint among several.
@Path("/v1/endpoints/{endpoint}/invocations")
@NonBlocking
class EndpointScoringResource {

    private final Scoring scoring;

    EndpointScoringResource(Scoring scoring) {
        this.scoring = scoring;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "endpointInvocations", summary = "Predict for rows in one of MLflow's forms")
    @APIResponse(responseCode = "200", description = "What the model says of each row")
    @APIResponse(responseCode = "400", description = "What is wrong with the request, by row and column")
    @APIResponse(responseCode = "404", description = "Nothing is deployed there")
    public Uni<ScoringAnswer> invocations(
            String endpoint, @HeaderParam(HttpHeaders.CONTENT_ENCODING) String coding, byte[] body) {
        return scoring.answer(endpoint, coding, body);
    }

    @POST
    @Consumes(ScoringResource.CSV)
    @Operation(operationId = "endpointInvocations")
    public Uni<ScoringAnswer> tableInvocations(
            String endpoint, @HeaderParam(HttpHeaders.CONTENT_ENCODING) String coding, byte[] body) {
        return scoring.answerTable(endpoint, coding, body);
    }
}
