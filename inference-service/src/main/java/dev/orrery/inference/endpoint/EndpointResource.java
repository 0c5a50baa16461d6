package dev.orrery.inference.endpoint;

import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.event.Role;
import dev.orrery.inference.endpoint.Endpoint.Rollout;
import dev.orrery.kit.problem.Invalid;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;

/// What answers where, and what is on its way.
@Path("/v1/endpoints")
@RunOnVirtualThread
class EndpointResource {

    private static final int MOST = 1000;

    /// @param pending the deployment that should answer and does not, or null when the newest one does
    record View(String endpoint, long revision, boolean ready, List<SlotView> slots, Pending pending) {

        static View of(Endpoint endpoint) {
            Serving serving = endpoint.serving();
            Rollout rollout = endpoint.rollout();
            return new View(
                    endpoint.name(),
                    serving == null ? 0 : serving.deployment().revision(),
                    serving != null,
                    serving == null ? List.of() : List.of(SlotView.of(serving.slot())),
                    rollout == null ? null : Pending.of(rollout));
        }
    }

    record SlotView(String model, int version, Role role, int share) {
        static SlotView of(Slot slot) {
            return new SlotView(slot.model(), slot.version(), slot.role(), slot.share());
        }
    }

    /// @param retryAt null while an attempt is under way, and where only a newer deployment can help
    record Pending(long revision, List<SlotView> slots, int attempts, String failure, Instant retryAt) {
        static Pending of(Rollout rollout) {
            return new Pending(
                    rollout.deployment().revision(),
                    rollout.deployment().slots().stream().map(SlotView::of).toList(),
                    rollout.attempts(),
                    rollout.failure(),
                    rollout.retryAt());
        }
    }

    record Page(List<View> endpoints, String nextPageToken) {}

    private final Endpoints endpoints;

    EndpointResource(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @GET
    public Page list(
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("page_token") @DefaultValue("") String pageToken) {
        if (limit < 1 || limit > MOST) {
            throw new Invalid("limit must be 1 to %d, not %d".formatted(MOST, limit));
        }
        List<View> page = endpoints.after(pageToken).stream()
                .limit(limit + 1L)
                .map(View::of)
                .toList();
        return page.size() <= limit
                ? new Page(page, null)
                : new Page(page.subList(0, limit), page.get(limit - 1).endpoint());
    }

    @GET
    @Path("/{endpoint}")
    public View get(String endpoint) {
        return View.of(endpoints.get(endpoint));
    }
}
