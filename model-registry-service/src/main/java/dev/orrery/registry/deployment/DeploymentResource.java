package dev.orrery.registry.deployment;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.kit.page.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/// What should run, as it is announced.
@Path("/v1/deployments")
@RunOnVirtualThread
class DeploymentResource {

    record Listing(List<DeploymentChanged> deployments, String nextPageToken) {}

    private final Deployments deployments;

    DeploymentResource(Deployments deployments) {
        this.deployments = deployments;
    }

    @GET
    public Listing list(@QueryParam("limit") Integer limit, @QueryParam("page_token") String pageToken) {
        var page = deployments.list(PageRequest.of(limit, pageToken));
        return new Listing(page.items(), page.nextToken());
    }

    @GET
    @Path("/{endpoint}")
    public DeploymentChanged get(String endpoint) {
        return deployments.get(endpoint);
    }
}
