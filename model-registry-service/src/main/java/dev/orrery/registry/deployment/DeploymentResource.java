package dev.orrery.registry.deployment;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.kit.page.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/// What should run, as it is announced.
@Tag(name = "Deployments")
@Path("/v1/deployments")
@RunOnVirtualThread
class DeploymentResource {

    @Schema(name = "Deployments")
    record Listing(List<DeploymentChanged> deployments, String nextPageToken) {}

    @Schema(name = "DeploymentRevision")
    record Past(
            long revision,
            List<DeploymentChanged.Slot> slots,
            Decision.Change change,
            String by,
            String reason,
            List<Decision.Evidence> evidence,
            Instant at) {
        static Past of(DeploymentRevision revision) {
            return new Past(
                    revision.revision,
                    revision.slots(),
                    revision.change,
                    revision.decidedBy,
                    revision.reason,
                    revision.evidence(),
                    revision.decidedAt);
        }
    }

    @Schema(name = "DeploymentHistory")
    record History(List<Past> revisions, String nextPageToken) {}

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
            description =
                    "The whole desired state, as it was announced; without slots where nothing should run any more."
                            + " The header ETag is its revision.")
    @GET
    @Path("/{endpoint}")
    public RestResponse<DeploymentChanged> get(String endpoint) {
        DeploymentChanged deployment = deployments.get(endpoint);
        return ResponseBuilder.ok(deployment)
                .tag(String.valueOf(deployment.revision()))
                .build();
    }

    @Operation(
            summary = "What should have run at an endpoint, and who decided so",
            description = "The newest first, each with its evidence. They are only ever added.")
    @GET
    @Path("/{endpoint}/history")
    public History history(
            String endpoint, @QueryParam("limit") Integer limit, @QueryParam("page_token") String pageToken) {
        PageRequest request = PageRequest.of(limit, pageToken);
        var page = deployments.history(endpoint, request).map(Past::of);
        return new History(page.items(), page.nextToken());
    }
}
