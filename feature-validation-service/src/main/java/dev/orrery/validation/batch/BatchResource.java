package dev.orrery.validation.batch;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/// What became of a batch.
@Path("/v1/batches/{batch}/report")
@RunOnVirtualThread
class BatchResource {

    private final Batches batches;

    BatchResource(Batches batches) {
        this.batches = batches;
    }

    @GET
    public Report report(String batch) {
        return batches.report(batch);
    }
}
