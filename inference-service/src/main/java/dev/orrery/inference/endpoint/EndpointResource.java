package dev.orrery.inference.endpoint;

import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.event.Role;
import dev.orrery.contracts.usecase.Task;
import dev.orrery.inference.endpoint.Endpoint.Rollout;
import dev.orrery.kit.page.Page;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.model.Engine;
import dev.orrery.model.Output;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/// What answers where, and what is on its way.
@Path("/v1/endpoints")
@RunOnVirtualThread
class EndpointResource {

    /// @param since   when what answers was ready; null before anything does
    /// @param pending the deployment that should answer and does not, or null when the newest one does
    record EndpointView(
            String endpoint, long revision, boolean ready, Instant since, List<SlotView> slots, Pending pending) {

        static EndpointView of(Endpoint endpoint) {
            Running running = endpoint.looked();
            Rollout rollout = endpoint.rollout();
            return new EndpointView(
                    endpoint.name(),
                    running == null ? 0 : running.deployment().revision(),
                    running != null,
                    running == null ? null : running.since(),
                    running == null
                            ? List.of()
                            : running.slots().stream().map(SlotView::of).toList(),
                    rollout == null ? null : Pending.of(rollout));
        }
    }

    /// @param task    what the model predicts
    /// @param outputs what it answers, with the label's values that are meant
    /// @param engine  what computes its answers, and why it is not compiled where it is not
    /// @param scored  rows that it has scored in this deployment, on this instance
    record SlotView(
            String model,
            int version,
            Role role,
            int share,
            Task task,
            List<Output> outputs,
            Engine engine,
            long scored) {

        static SlotView of(Serving serving) {
            Slot slot = serving.slot();
            return new SlotView(
                    slot.model(),
                    slot.version(),
                    slot.role(),
                    slot.share(),
                    serving.card().task(),
                    serving.card().outputs(),
                    serving.engine(),
                    serving.scored());
        }
    }

    /// @param failure why it is not ready; null where it is, or where its turn has not come
    record PendingSlot(String model, int version, Role role, int share, String failure) {}

    /// @param retryAt null while an attempt is under way, and where only a newer deployment can help
    record Pending(long revision, List<PendingSlot> slots, int attempts, String failure, Instant retryAt) {

        static Pending of(Rollout rollout) {
            List<Slot> slots = rollout.deployment().slots();
            return new Pending(
                    rollout.deployment().revision(),
                    IntStream.range(0, slots.size())
                            .mapToObj(place ->
                                    slot(slots.get(place), rollout.waiting().get(place)))
                            .toList(),
                    rollout.attempts(),
                    rollout.failure(),
                    rollout.retryAt());
        }

        private static PendingSlot slot(Slot slot, String failure) {
            return new PendingSlot(slot.model(), slot.version(), slot.role(), slot.share(), failure);
        }
    }

    record EndpointPage(List<EndpointView> endpoints, String nextPageToken) {}

    private final Endpoints endpoints;

    EndpointResource(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @GET
    @Operation(operationId = "listEndpoints", summary = "What answers where, by name")
    @APIResponse(responseCode = "200", description = "Endpoints, and where the next page begins")
    @APIResponse(responseCode = "400", description = "A limit or page token that is none")
    public EndpointPage list(
            @Parameter(description = "How many at most; 100 unless said otherwise") @QueryParam("limit") Integer limit,
            @Parameter(description = "The next_page_token of the page before") @QueryParam("page_token")
                    String pageToken) {
        PageRequest request = PageRequest.of(limit, pageToken);
        List<Endpoint> read = endpoints.after(request.text(0, "")).stream()
                .limit(request.toRead())
                .toList();
        Page<Endpoint> page = Page.of(request, read, endpoint -> List.of(endpoint.name()));
        return new EndpointPage(page.map(EndpointView::of).items(), page.nextToken());
    }

    @GET
    @Path("/{endpoint}")
    @Operation(operationId = "getEndpoint", summary = "What answers at an endpoint, and what is on its way to it")
    @APIResponse(responseCode = "200", description = "What answers, and why a newer deployment does not yet")
    @APIResponse(responseCode = "404", description = "No deployment has named the endpoint")
    public EndpointView get(String endpoint) {
        return EndpointView.of(endpoints.get(endpoint));
    }
}
