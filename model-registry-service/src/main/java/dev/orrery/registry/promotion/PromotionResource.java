package dev.orrery.registry.promotion;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.registry.Limit;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// Letting a version serve, and the record of who did so.
@Path("/v1/models/{name}")
@RunOnVirtualThread
class PromotionResource {

    /// Both may be left out.
    record Wish(String by, String reason) {}

    record Result(String endpoint, long revision, String model, int version, int share) {
        static Result of(DeploymentChanged deployment) {
            var slot = deployment.slots().getFirst();
            return new Result(deployment.endpoint(), deployment.revision(), slot.model(), slot.version(), slot.share());
        }
    }

    record Evidence(String packageDigest, Integer goldenRows, Double goldenWorstDifference, String refusal) {}

    record View(
            long id,
            Promotion.Outcome outcome,
            String model,
            Integer fromVersion,
            int toVersion,
            String endpoint,
            Long deploymentRevision,
            int useCaseRevision,
            String by,
            String reason,
            Evidence evidence,
            Instant at) {
        static View of(Promotion promotion) {
            return new View(
                    promotion.id,
                    promotion.outcome,
                    promotion.model,
                    promotion.fromVersion,
                    promotion.toVersion,
                    promotion.endpoint,
                    promotion.deploymentRevision,
                    promotion.useCaseRevision,
                    promotion.decidedBy,
                    promotion.reason,
                    new Evidence(
                            promotion.packageDigest,
                            promotion.goldenRows,
                            promotion.goldenWorstDifference,
                            promotion.refusal),
                    promotion.decidedAt);
        }
    }

    record Listing(List<View> promotions, String nextPageToken) {}

    private final Promotions promotions;

    PromotionResource(Promotions promotions) {
        this.promotions = promotions;
    }

    @POST
    @Path("/versions/{version}/promotion")
    public Result promote(String name, int version, Wish wish) {
        String by = wish == null ? "anonymous" : Objects.requireNonNullElse(wish.by(), "anonymous");
        String reason = wish == null ? null : wish.reason();
        return Result.of(promotions.promote(new Promotions.Request(name, version, by, reason)));
    }

    @GET
    @Path("/promotions")
    public Listing list(String name, @QueryParam("limit") Integer limit, @QueryParam("page_token") String pageToken) {
        var page = promotions.list(name, Limit.of(limit), pageToken);
        return new Listing(page.items().stream().map(View::of).toList(), page.token());
    }
}
