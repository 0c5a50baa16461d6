package dev.orrery.validation.quarantine;

import dev.orrery.kit.page.Page;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.validation.batch.Batch;
import dev.orrery.validation.schema.Schemas;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// Rows that were rejected, and why.
@Path("/v1/datasets/{dataset}/rejections")
@RunOnVirtualThread
class RejectionResource {

    private static final int MOST = 10_000;

    /// Part of the rejected rows.
    ///
    /// @param nextPageToken of the following page; absent on the last
    @Schema(name = "RejectedRows")
    record View(List<Rejection> rejections, String nextPageToken) {}

    private final Rejections rejections;
    private final Schemas schemas;

    RejectionResource(Rejections rejections, Schemas schemas) {
        this.rejections = rejections;
        this.schemas = schemas;
    }

    @GET
    @Operation(
            summary = "Rejected rows",
            description = "Rows as they were received, each with every reason, by batch and row number.")
    @APIResponse(responseCode = "200", description = "A page of them")
    @APIResponse(responseCode = "400", description = "The limit, the token or the batch's id is none")
    @APIResponse(responseCode = "404", description = "Nobody has described the dataset")
    public View list(
            @Parameter(description = "The dataset's name") String dataset,
            @Parameter(description = "Only rows of this batch") @QueryParam("batch") String batch,
            @Parameter(description = "How many at most: 1 to 10,000; 100 unless said") @QueryParam("limit")
                    Integer limit,
            @Parameter(description = "What the page before gave as next_page_token") @QueryParam("page_token")
                    String token) {
        schemas.requireKnown(dataset);
        PageRequest request = PageRequest.of(limit, token, MOST);
        if (batch != null && !Batch.isId(batch)) {
            throw new Invalid("'%s' cannot be the id of a batch".formatted(batch));
        }
        Page<Rejection> page = rejections.list(dataset, batch, request);
        return new View(page.items(), page.nextToken());
    }
}
