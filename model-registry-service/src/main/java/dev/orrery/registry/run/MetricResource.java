package dev.orrery.registry.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.registry.mlflow.Fields;
import dev.orrery.registry.mlflow.Mlflow;
import dev.orrery.registry.run.Metrics.Metric;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/// A metric's history.
@Path(Mlflow.API + "/metrics")
@RunOnVirtualThread
class MetricResource {

    private static final int MOST_POINTS = 25_000;

    @JsonInclude(Include.NON_EMPTY)
    record History(List<Metric> metrics, String nextPageToken) {}

    private final Metrics metrics;

    MetricResource(Metrics metrics) {
        this.metrics = metrics;
    }

    @GET
    @Path("/get-history")
    @Transactional
    public History history(UriInfo uri) {
        Fields fields = Fields.query(uri);
        int limit = fields.limit(MOST_POINTS, MOST_POINTS, MOST_POINTS);
        PageRequest request = PageRequest.of(limit, fields.text("page_token").orElse(null), MOST_POINTS);
        var page = metrics.history(fields.runId(), fields.required("metric_key"), request);
        return new History(page.items(), page.nextToken());
    }
}
