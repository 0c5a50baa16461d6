package dev.orrery.registry.promotion;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Part;
import dev.orrery.contracts.event.Role;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.registry.Bodies;
import dev.orrery.registry.RegistryConfig;
import dev.orrery.registry.promotion.SlotChanges.Wish;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/// Letting several versions run at an endpoint, going back, and letting none run.
@Tag(name = "Deployments")
@Path("/v1/deployments/{endpoint}")
@RunOnVirtualThread
class SlotResource {

    private static final String ANONYMOUS = "anonymous";
    private static final Pattern REVISION = Pattern.compile("\"?(\\d{1,18})\"?");

    @Schema(name = "WishedSlot")
    record WishedSlot(String model, int version, Role role, int share) implements Part {
        WishedSlot {
            role = Objects.requireNonNullElse(role, Role.UNKNOWN);
        }
    }

    @Schema(name = "SlotsRequest")
    record Slots(List<WishedSlot> slots, String by, String reason) {
        Slots {
            slots = Objects.requireNonNullElse(slots, List.of());
            by = Objects.requireNonNullElse(by, ANONYMOUS);
        }
    }

    /// All may be left out.
    @Schema(name = "RollbackRequest")
    record Back(Long to, String by, String reason) {
        Back {
            by = Objects.requireNonNullElse(by, ANONYMOUS);
        }
    }

    private final SlotChanges changes;
    private final RegistryConfig config;

    SlotResource(SlotChanges changes, RegistryConfig config) {
        this.changes = changes;
        this.config = config;
    }

    @Operation(
            summary = "Let these versions run at an endpoint",
            description = "One champion, and canaries and shadows with their shares in percent. Each version is"
                    + " examined as for a promotion; only when all pass does anything change, and then all at once.")
    @PUT
    public RestResponse<DeploymentChanged> put(
            String endpoint, @HeaderParam("If-Match") String revision, Slots wished) {
        if (wished == null) {
            throw new Invalid("The body is missing; it needs the slots.");
        }
        return answer(changes.put(new Wish(endpoint, number(revision), wished.by(), wished.reason()), wished.slots()));
    }

    @Operation(
            summary = "Let the versions run again that ran before",
            description = "Those of the last revision in which something ran, or of the one that is named, in the roles"
                    + " that they had. They are examined again. The body is optional.")
    @POST
    @Path("/rollback")
    @Consumes(MediaType.WILDCARD)
    public RestResponse<DeploymentChanged> rollBack(
            String endpoint, @HeaderParam("If-Match") String revision, InputStream body) throws IOException {
        byte[] json = Bodies.read(body, config.limits().mlflow(), "The request");
        Back back = json.length == 0 ? new Back(null, null, null) : Json.MAPPER.readValue(json, Back.class);
        return answer(changes.rollBack(new Wish(endpoint, number(revision), back.by(), back.reason()), back.to()));
    }

    @Operation(
            summary = "Let nothing run at an endpoint any more",
            description = "Its history stays, and a later PUT or rollback lets something run again.")
    @DELETE
    public RestResponse<DeploymentChanged> withdraw(
            String endpoint,
            @HeaderParam("If-Match") String revision,
            @QueryParam("by") String by,
            @QueryParam("reason") String reason) {
        return answer(changes.withdraw(
                new Wish(endpoint, number(revision), Objects.requireNonNullElse(by, ANONYMOUS), reason)));
    }

    private static RestResponse<DeploymentChanged> answer(DeploymentChanged changed) {
        return ResponseBuilder.ok(changed)
                .tag(String.valueOf(changed.revision()))
                .build();
    }

    private static Long number(String revision) {
        if (revision == null || revision.equals("*")) {
            return null;
        }
        Matcher number = REVISION.matcher(revision);
        if (!number.matches()) {
            throw new Invalid(
                    "If-Match is %s, and must be a revision's number, as the header ETag said it, such as \"7\"."
                            .formatted(revision));
        }
        return Long.valueOf(number.group(1));
    }
}
