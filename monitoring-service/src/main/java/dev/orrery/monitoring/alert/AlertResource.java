package dev.orrery.monitoring.alert;

import dev.orrery.contracts.event.Severity;
import dev.orrery.kit.page.Page;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.kit.problem.NotFound;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/// What has drifted, now and before.
@Path("/v1/alerts")
@RunOnVirtualThread
@Tag(name = "Alerts", description = "What has drifted, now and before.")
class AlertResource {

    @Schema(name = "Alert")
    record View(
            String id,
            String endpoint,
            String model,
            int version,
            @Schema(enumeration = {"open", "resolved"}) String state,

            @Schema(description = "of the largest drift while it was open")
            Severity severity,

            @Schema(description = "every feature that drifted while it was open, the latest and worst first")
            List<String> columns,

            @Schema(description = "the model's outputs that drifted themselves")
            List<String> outputs,

            @Schema(description = "what happened last, in a sentence")
            String summary,

            Instant openedAt,
            Instant resolvedAt,

            @Schema(description = "grows with every change of this alert")
            long revision) {

        static View of(Alert alert) {
            return new View(
                    alert.id.toString(),
                    alert.endpoint,
                    alert.model,
                    alert.version,
                    name(alert.state),
                    alert.severity,
                    alert.columnNames(),
                    alert.outputNames(),
                    alert.summary,
                    alert.openedAt,
                    alert.resolvedAt,
                    alert.revision);
        }
    }

    @Schema(name = "Alerts")
    record Listing(
            List<View> alerts,

            @Schema(description = "asks for the next page; absent on the last")
            String nextPageToken) {}

    @GET
    @Operation(summary = "Alerts, the newest first")
    @APIResponse(responseCode = "400", description = "the state, limit or page token is none")
    @Transactional
    public Listing list(
            @Parameter(description = "only this endpoint's") @RestQuery String endpoint,
            @Parameter(description = "only `open` or `resolved` ones") @RestQuery String state,
            @Parameter(description = "how many at most, 1 to 1,000; 100 when it is left out") @RestQuery Integer limit,
            @Parameter(description = "the `next_page_token` of the page before") @RestQuery("page_token")
                    String pageToken) {
        PageRequest request = PageRequest.of(limit, pageToken);
        long before = request.number(0, Long.MAX_VALUE);
        Page<View> page = Page.of(
                        request,
                        Alert.before(before, endpoint, state(state), request.toRead()),
                        alert -> List.of(String.valueOf(alert.number)))
                .map(View::of);
        return new Listing(page.items(), page.nextToken());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One alert")
    @APIResponse(responseCode = "404", description = "there is no such alert")
    @Transactional
    public View get(String id) {
        return Alert.named(uuid(id))
                .map(View::of)
                .orElseThrow(() -> new NotFound("There is no alert '%s'. GET /v1/alerts lists them.".formatted(id)));
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new NotFound("There is no alert '%s'. GET /v1/alerts lists them.".formatted(id));
        }
    }

    private static Alert.State state(String wanted) {
        if (wanted == null) {
            return null;
        }
        return Arrays.stream(Alert.State.values())
                .filter(state -> name(state).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new Invalid("state must be open or resolved, not '%s'".formatted(wanted)));
    }

    private static String name(Alert.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
