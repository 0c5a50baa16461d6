package dev.orrery.registry.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.orrery.registry.mlflow.Fields;
import dev.orrery.registry.mlflow.Mlflow;
import dev.orrery.registry.mlflow.MlflowError;
import dev.orrery.registry.mlflow.ViewType;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// MLflow's runs.
@Tag(name = "MLflow")
@Path(Mlflow.API + "/runs")
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class RunResource {

    private static final int MOST_METRICS = 1000;
    private static final int MOST_OTHERS = 100;
    private static final int MOST_TOGETHER = 1000;

    @Schema(name = "MlflowRunAnswer")
    record One(RunView run) {}

    @Schema(name = "MlflowRunUpdate")
    record Updated(RunView.Info runInfo) {}

    @JsonInclude(Include.NON_EMPTY)
    @Schema(name = "MlflowRuns")
    record Found(List<RunView> runs, String nextPageToken) {}

    private final Runs runs;
    private final Metrics metrics;

    RunResource(Runs runs, Metrics metrics) {
        this.runs = runs;
        this.metrics = metrics;
    }

    @Operation(summary = "Create a run")
    @POST
    @Path("/create")
    @Transactional
    public One create(Fields fields) {
        return new One(RunView.of(runs.create(fields), List.of()));
    }

    @Operation(summary = "A run with its data")
    @GET
    @Path("/get")
    @Transactional
    @Parameter(name = "run_id", in = ParameterIn.QUERY, required = true, description = "The run.")
    public One get(UriInfo uri) {
        Run run = Run.get(Fields.query(uri).runId());
        return new One(RunView.of(run, metrics.latest(List.of(run.id)).getOrDefault(run.id, List.of())));
    }

    @Operation(summary = "Change the status, end or name of a run")
    @POST
    @Path("/update")
    @Transactional
    public Updated update(Fields fields) {
        return new Updated(RunView.Info.of(runs.update(fields)));
    }

    @Operation(summary = "Search runs")
    @POST
    @Path("/search")
    @Transactional
    public Found search(Fields fields) {
        if (ViewType.of(fields, "run_view_type") == ViewType.DELETED_ONLY) {
            return new Found(List.of(), null);
        }
        var page = runs.search(fields);
        var latest = metrics.latest(page.items().stream().map(run -> run.id).toList());
        return new Found(
                page.items().stream()
                        .map(run -> RunView.of(run, latest.getOrDefault(run.id, List.of())))
                        .toList(),
                page.nextToken());
    }

    @Operation(summary = "Log a metric")
    @POST
    @Path("/log-metric")
    public Map<String, Object> logMetric(Fields fields) {
        runs.log(fields.runId(), List.of(Metric.of(fields)), Map.of(), Map.of());
        return Mlflow.NOTHING;
    }

    @Operation(summary = "Log metrics, params and tags together")
    @POST
    @Path("/log-batch")
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

    @Operation(summary = "Log a parameter")
    @POST
    @Path("/log-parameter")
    public Map<String, Object> logParameter(Fields fields) {
        runs.log(fields.runId(), List.of(), pair(fields), Map.of());
        return Mlflow.NOTHING;
    }

    @Operation(summary = "Set a tag of a run")
    @POST
    @Path("/set-tag")
    public Map<String, Object> setTag(Fields fields) {
        runs.log(fields.runId(), List.of(), Map.of(), pair(fields));
        return Mlflow.NOTHING;
    }

    private static Map<String, String> pair(Fields fields) {
        return Map.of(fields.required("key"), fields.text("value").orElse(""));
    }

    private static void requireAtMost(int most, int given, String what) {
        if (given > most) {
            throw MlflowError.invalid("A batch logging request can contain at most %d %s. Got %d.", most, what, given);
        }
    }
}
