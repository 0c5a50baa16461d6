package dev.orrery.registry.deployment;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.kit.page.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What should run, as it is announced.
@Tag(name = "Deployments")
@Path("/v1/deployments")
@RunOnVirtualThread
class DeploymentResource {

    @Schema(name = "Deployments")
    record Listing(List<DeploymentChanged> deployments, String nextPageToken) {}

    private final Deployments deployments;

    DeploymentResource(Deployments deployments) {
        this.deployments = deployments;
    }

    @Operation(summary = "What should run, everywhere", description = "By endpoint.")
    @GET
    public Listing list(@QueryParam("limit") Integer limit, @QueryParam("page_token") String pageToken) {
        var page = deployments.list(PageRequest.of(limit, pageToken));
        return new Listing(page.items(), page.nextToken());
    }

    @Operation(
            summary = "What should run at an endpoint",
            description = "The whole desired state, as it was announced.")
    @GET
    @Path("/{endpoint}")
    public DeploymentChanged get(String endpoint) {
        return deployments.get(endpoint);
    }
}
