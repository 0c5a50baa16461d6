package dev.orrery.monitoring.monitor;

import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.Role;
import dev.orrery.kit.problem.NotFound;
import dev.orrery.monitoring.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/// What is watched, how much of it arrived, and what its windows said.
@Path("/v1/monitors")
@RunOnVirtualThread
class MonitorResource {

    record OpenWindow(long predictions, Instant from) {}

    /// @param failed  predictions without a score, which are among the predictions
    /// @param windows newest first
    record Version(
            String model,
            int version,
            Role role,
            long predictions,
            long failed,
            OpenWindow openWindow,
            List<EvaluationClosed> windows) {

        static Version of(MonitoredSeries series, int windows) {
            SeriesKey key = series.series;
            return new Version(
                    key.model(),
                    key.version(),
                    key.role(),
                    series.predictions,
                    series.failed,
                    new OpenWindow(series.openPredictions, series.openFrom),
                    Evaluation.newest(key, windows));
        }
    }

    record Monitor(String endpoint, long predictions, List<Version> versions) {}

    record Summary(String endpoint, long predictions) {}

    record Listing(List<Summary> monitors, String nextPageToken) {}

    @GET
    @Transactional
    public Listing list(@RestQuery Integer limit, @RestQuery("page_token") String pageToken) {
        int most = Page.limit(limit);
        Page<Summary> page =
                Page.of(MonitoredSeries.endpoints(Page.after(pageToken, ""), most + 1), most, Summary::endpoint);
        return new Listing(page.items(), page.next());
    }

    /// @param limit how many windows of each version
    @GET
    @Path("/{endpoint}")
    @Transactional
    public Monitor get(String endpoint, @RestQuery Integer limit) {
        int windows = Page.limit(limit);
        List<MonitoredSeries> series = MonitoredSeries.of(endpoint);
        if (series.isEmpty()) {
            throw new NotFound(
                    "No prediction of endpoint '%s' has arrived. GET /v1/monitors lists those that are watched."
                            .formatted(endpoint));
        }
        return new Monitor(
                endpoint,
                series.stream().mapToLong(each -> each.predictions).sum(),
                series.stream().map(each -> Version.of(each, windows)).toList());
    }
}
