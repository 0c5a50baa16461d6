package dev.orrery.registry.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.orrery.registry.mlflow.Fields;
import dev.orrery.registry.mlflow.Mlflow;
import dev.orrery.registry.mlflow.ViewType;
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

/// MLflow's runs.
@Path(Mlflow.API + "/runs")
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class RunResource {

    record One(RunView run) {}

    record Updated(RunView.Info runInfo) {}

    @JsonInclude(Include.NON_EMPTY)
    record Found(List<RunView> runs, String nextPageToken) {}

    private final Runs runs;
    private final Metrics metrics;

    RunResource(Runs runs, Metrics metrics) {
        this.runs = runs;
        this.metrics = metrics;
    }

    @POST
    @Path("/create")
    @Transactional
    public One create(Fields fields) {
        return new One(RunView.of(runs.create(fields), List.of()));
    }

    @GET
    @Path("/get")
    @Transactional
    public One get(UriInfo uri) {
        Run run = Run.get(Fields.query(uri).runId());
        return new One(RunView.of(run, metrics.latest(List.of(run.id)).getOrDefault(run.id, List.of())));
    }

    @POST
    @Path("/update")
    @Transactional
    public Updated update(Fields fields) {
        return new Updated(RunView.Info.of(runs.update(fields)));
    }

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
                page.token());
    }

    @POST
    @Path("/log-parameter")
    public Map<String, Object> logParameter(Fields fields) {
        runs.log(fields.runId(), List.of(), pair(fields), Map.of());
        return Mlflow.NOTHING;
    }

    @POST
    @Path("/set-tag")
    public Map<String, Object> setTag(Fields fields) {
        runs.log(fields.runId(), List.of(), Map.of(), pair(fields));
        return Mlflow.NOTHING;
    }

    private static Map<String, String> pair(Fields fields) {
        return Map.of(fields.required("key"), fields.text("value").orElse(""));
    }
}
