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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// A metric's history.
@Tag(name = "MLflow")
@Path(Mlflow.API + "/metrics")
@RunOnVirtualThread
class MetricResource {

    private static final int MOST_POINTS = 25_000;

    @JsonInclude(Include.NON_EMPTY)
    @Schema(name = "MlflowMetricHistory")
    record History(List<Metric> metrics, String nextPageToken) {}

    private final Metrics metrics;

    MetricResource(Metrics metrics) {
        this.metrics = metrics;
    }

    @Operation(summary = "All points of one metric of a run, oldest first")
    @GET
    @Path("/get-history")
    @Transactional
    @Parameter(name = "run_id", in = ParameterIn.QUERY, required = true, description = "The run.")
    @Parameter(name = "metric_key", in = ParameterIn.QUERY, required = true, description = "The metric.")
    @Parameter(name = "max_results", in = ParameterIn.QUERY, description = "The page's size.")
    @Parameter(name = "page_token", in = ParameterIn.QUERY, description = "What the page before gave.")
    public History history(UriInfo uri) {
        Fields fields = Fields.query(uri);
        int limit = fields.limit(MOST_POINTS, MOST_POINTS, MOST_POINTS);
        PageRequest request = PageRequest.of(limit, fields.text("page_token").orElse(null), MOST_POINTS);
        var page = metrics.history(fields.runId(), fields.required("metric_key"), request);
        return new History(page.items(), page.nextToken());
    }
}
