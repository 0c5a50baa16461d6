package dev.orrery.monitoring.monitor;

import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.Role;
import dev.orrery.kit.page.Page;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.kit.problem.NotFound;
import dev.orrery.monitoring.reference.Reference;
import dev.orrery.monitoring.reference.References;
import dev.orrery.monitoring.window.MonitoredSeries;
import dev.orrery.monitoring.window.Series;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/// What is watched, how much of it arrived, and what its windows said.
@Path("/v1/monitors")
@RunOnVirtualThread
@Tag(name = "Monitors", description = "What is watched, how much of it arrived, and what its windows said.")
class MonitorResource {

    @Schema(name = "OpenWindow")
    record OpenWindow(
            @Schema(description = "predictions that no closed window holds yet")
            long predictions,

            @Schema(description = "the earliest of them, by its own time")
            Instant from) {}

    @Schema(name = "MonitoredVersion")
    record Version(
            String model,
            int version,
            Role role,

            @Schema(description = "predictions that arrived since `counted_since`, each once")
            long predictions,

            @Schema(description = "those of them without a score")
            long failed,

            @Schema(description = "how many were made, where only a share is logged: the sum of their weights")
            double estimated,

            @Schema(description = "requests that were refused as wrong or as too many; in no window")
            long refused,

            @Schema(description = "when this count, and the numbers of its windows, began")
            Instant countedSince,

            @Schema(
                    description =
                            "how often they began anew, because the database was lost or nothing came for a month")
            int restarts,

            @Schema(description = "whether there is a profile to compare with: known, awaited, or why there is none")
            String reference,

            OpenWindow openWindow,
            @Schema(description = "the newest first") List<EvaluationClosed> windows) {

        static Version of(MonitoredSeries series, Reference reference, int windows) {
            Series key = series.series;
            return new Version(
                    key.model(),
                    key.version(),
                    key.role(),
                    series.predictions,
                    series.failed,
                    series.estimated,
                    series.refused,
                    series.epoch,
                    restarts(series),
                    text(reference),
                    new OpenWindow(series.unjudged(), series.unjudgedSince()),
                    Evaluation.newest(key, windows));
        }

        private static int restarts(MonitoredSeries series) {
            return (int) Epoch.of(series.series).stream()
                    .filter(epoch -> !epoch.key.epoch().equals(series.epoch))
                    .count();
        }

        private static String text(Reference reference) {
            return switch (reference) {
                case Reference.Known _ -> "known";
                case Reference.Pending _ -> "awaited";
                case Reference.Absent _ -> "none in its package";
                case Reference.Unusable unusable -> unusable.reason();
            };
        }
    }

    @Schema(name = "Monitor")
    record Monitor(String endpoint, long predictions, List<Version> versions) {}

    @Schema(name = "MonitorSummary")
    record Summary(String endpoint, long predictions) {}

    @Schema(name = "Monitors")
    record Listing(
            List<Summary> monitors,

            @Schema(description = "asks for the next page; absent on the last")
            String nextPageToken) {}

    private final References references;

    MonitorResource(References references) {
        this.references = references;
    }

    @GET
    @Operation(summary = "The endpoints that are watched, by name")
    @APIResponse(responseCode = "400", description = "the limit or page token is none")
    @Transactional
    public Listing list(
            @Parameter(description = "how many at most, 1 to 1,000; 100 when it is left out") @RestQuery Integer limit,
            @Parameter(description = "the `next_page_token` of the page before") @RestQuery("page_token")
                    String pageToken) {
        PageRequest request = PageRequest.of(limit, pageToken);
        Page<Summary> page = Page.of(
                request,
                MonitoredSeries.endpoints(request.text(0, ""), request.toRead(), Summary.class),
                summary -> List.of(summary.endpoint()));
        return new Listing(page.items(), page.nextToken());
    }

    @GET
    @Path("/{endpoint}")
    @Operation(summary = "What came from an endpoint, by model version, and what its windows said")
    @APIResponse(responseCode = "404", description = "no prediction of this endpoint has arrived")
    @Transactional
    public Monitor get(
            String endpoint,
            @Parameter(description = "how many windows of each version, 1 to 1,000; 100 when it is left out") @RestQuery
                    Integer limit) {
        int windows = PageRequest.of(limit, null).limit();
        List<MonitoredSeries> watched = MonitoredSeries.of(endpoint);
        if (watched.isEmpty()) {
            throw new NotFound(
                    "No prediction of endpoint '%s' has arrived. GET /v1/monitors lists those that are watched."
                            .formatted(endpoint));
        }
        return new Monitor(
                endpoint,
                watched.stream().mapToLong(each -> each.predictions).sum(),
                watched.stream().map(each -> version(each, windows)).toList());
    }

    private Version version(MonitoredSeries watched, int windows) {
        Series key = watched.series;
        return Version.of(watched, references.of(key.model(), key.version()), windows);
    }
}
