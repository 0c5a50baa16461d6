package dev.orrery.registry.promotion;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.kit.page.Page;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.registry.Bodies;
import dev.orrery.registry.RegistryConfig;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Letting a version serve, and the record of who did so.
@Tag(name = "Promotions")
@Path("/v1/models/{name}")
@RunOnVirtualThread
class PromotionResource {

    /// Both may be left out.
    @Schema(name = "PromotionRequest")
    record Wish(String by, String reason) {
        Wish {
            by = Objects.requireNonNullElse(by, "anonymous");
        }
    }

    @Schema(name = "Promoted")
    record Result(String endpoint, long revision, String model, int version, int share) {
        static Result of(DeploymentChanged deployment) {
            var slot = deployment.champion();
            return new Result(deployment.endpoint(), deployment.revision(), slot.model(), slot.version(), slot.share());
        }
    }

    @Schema(name = "PromotionEvidence")
    record Evidence(String packageDigest, Integer goldenRows, Double goldenWorstDifference, String refusal) {}

    @Schema(name = "Promotion")
    record View(
            long id,
            Promotion.Outcome outcome,
            String model,
            String useCase,
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
                    promotion.useCase,
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

    @Schema(name = "Promotions")
    record Listing(List<View> promotions, String nextPageToken) {}

    private final Promotions promotions;
    private final RegistryConfig config;

    PromotionResource(Promotions promotions, RegistryConfig config) {
        this.promotions = promotions;
        this.config = config;
    }

    /// The body is optional, and so is saying what it is: a bare POST promotes.
    @Operation(
            summary = "Let a version serve",
            description = "The version is loaded and asked its golden rows; only when it answers as its trainer "
                    + "said does it become the champion of its endpoint. The body is optional.")
    @POST
    @Path("/versions/{version}/promotion")
    @Consumes(MediaType.WILDCARD)
    public Result promote(String name, int version, InputStream body) throws IOException {
        byte[] json = Bodies.read(body, config.limits().mlflow(), "The request");
        Wish wish = json.length == 0 ? new Wish(null, null) : Json.MAPPER.readValue(json, Wish.class);
        return Result.of(promotions.promote(new Promotions.Request(name, version, wish.by(), wish.reason())));
    }

    @Operation(
            summary = "The decisions on a model",
            description = "The newest first, each with its evidence. They are only ever added.")
    @GET
    @Path("/promotions")
    public Listing list(String name, @QueryParam("limit") Integer limit, @QueryParam("page_token") String pageToken) {
        PageRequest request = PageRequest.of(limit, pageToken);
        var page = Page.of(request, Promotion.newestFirst(name, request), found -> List.of(String.valueOf(found.id)))
                .map(View::of);
        return new Listing(page.items(), page.nextToken());
    }
}
