package dev.orrery.validation.quarantine;

import dev.orrery.kit.problem.Invalid;
import dev.orrery.validation.batch.Batch;
import dev.orrery.validation.schema.Schemas;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/// Rows that were rejected, and why.
@Path("/v1/datasets/{dataset}/rejections")
@RunOnVirtualThread
class RejectionResource {

    private static final int MOST = 10_000;

    private final Rejections rejections;
    private final Schemas schemas;

    RejectionResource(Rejections rejections, Schemas schemas) {
        this.rejections = rejections;
        this.schemas = schemas;
    }

    @GET
    public Rejections.Page list(
            String dataset,
            @QueryParam("batch") String batch,
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("page_token") String token) {
        schemas.requireKnown(dataset);
        if (limit < 1 || limit > MOST) {
            throw new Invalid("limit must be 1 to %d, not %d".formatted(MOST, limit));
        }
        if (batch != null && !Batch.isId(batch)) {
            throw new Invalid("'%s' cannot be the id of a batch".formatted(batch));
        }
        return rejections.list(dataset, batch, limit, token);
    }
}
