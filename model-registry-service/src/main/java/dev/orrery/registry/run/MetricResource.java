package dev.orrery.registry.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.orrery.registry.PageToken;
import dev.orrery.registry.mlflow.Fields;
import dev.orrery.registry.mlflow.Mlflow;
import dev.orrery.registry.mlflow.MlflowError;
import dev.orrery.registry.run.Metrics.Metric;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;

/// MLflow's metrics: one, many together with parameters and tags, and a metric's history.
@Path(Mlflow.API)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class MetricResource {

    private static final int MOST_POINTS = 25_000;
    private static final int MOST_METRICS = 1000;
    private static final int MOST_OTHERS = 100;
    private static final int MOST_TOGETHER = 1000;

    @JsonInclude(Include.NON_EMPTY)
    record History(List<Metric> metrics, String nextPageToken) {}

    private final Runs runs;
    private final Metrics metrics;

    MetricResource(Runs runs, Metrics metrics) {
        this.runs = runs;
        this.metrics = metrics;
    }

    @POST
    @Path("/runs/log-metric")
    public Map<String, Object> logMetric(Fields fields) {
        runs.log(fields.runId(), List.of(Metric.of(fields)), Map.of(), Map.of());
        return Mlflow.NOTHING;
    }

    @POST
    @Path("/runs/log-batch")
    public Map<String, Object> logBatch(Fields fields) {
        String run = fields.runId();
        int points = fields.items("metrics").size();
        int params = fields.items("params").size();
        int tags = fields.items("tags").size();
        requireAtMost(MOST_METRICS, points, "metrics");
        requireAtMost(MOST_OTHERS, params, "params");
        requireAtMost(MOST_OTHERS, tags, "tags");
        requireAtMost(MOST_TOGETHER, points + params + tags, "metrics, params and tags together");
        List<Metric> logged = fields.items("metrics").stream().map(Metric::of).toList();
        runs.log(run, logged, fields.pairs("params"), fields.pairs("tags"));
        return Mlflow.NOTHING;
    }

    @GET
    @Path("/metrics/get-history")
    @Transactional
    public History history(UriInfo uri) {
        Fields fields = Fields.query(uri);
        PageToken token = PageToken.of(fields.text("page_token").orElse(null));
        int limit = fields.limit(MOST_POINTS, MOST_POINTS);
        var page = metrics.history(fields.runId(), fields.required("metric_key"), limit, token);
        return new History(page.items(), page.token());
    }

    private static void requireAtMost(int most, int given, String what) {
        if (given > most) {
            throw MlflowError.invalid("A batch logging request can contain at most %d %s. Got %d.", most, what, given);
        }
    }
}
