package dev.orrery.validation.batch;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// What became of a batch.
@Path("/v1/batches/{batch}/report")
@RunOnVirtualThread
class BatchResource {

    private final Batches batches;

    BatchResource(Batches batches) {
        this.batches = batches;
    }

    @GET
    @Operation(
            summary = "What validation has to say of a batch",
            description = "How far it has come, what became of it, and how often each check failed.")
    @APIResponse(responseCode = "200", description = "The report")
    @APIResponse(responseCode = "404", description = "No row of the batch has arrived here")
    public Report report(@Parameter(description = "The batch's id") String batch) {
        return batches.report(batch);
    }
}
