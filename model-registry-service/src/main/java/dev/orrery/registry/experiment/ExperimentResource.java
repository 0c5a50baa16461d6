package dev.orrery.registry.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.orrery.registry.mlflow.Fields;
import dev.orrery.registry.mlflow.Mlflow;
import dev.orrery.registry.mlflow.Mlflow.KeyValue;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// MLflow's experiments.
@Tag(name = "MLflow")
@Path(Mlflow.API + "/experiments")
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class ExperimentResource {

    @JsonInclude(Include.NON_EMPTY)
    @Schema(name = "MlflowExperiment")
    record View(
            String experimentId,
            String name,
            String artifactLocation,
            String lifecycleStage,
            long creationTime,
            long lastUpdateTime,
            List<KeyValue> tags) {
        static View of(Experiment found) {
            return new View(
                    String.valueOf(found.id),
                    found.name,
                    found.artifactLocation,
                    "active",
                    found.createdMs,
                    found.updatedMs,
                    found.tags.entrySet().stream().map(KeyValue::of).toList());
        }
    }

    @Schema(name = "MlflowExperimentAnswer")
    record One(View experiment) {}

    @JsonInclude(Include.NON_EMPTY)
    @Schema(name = "MlflowExperiments")
    record Found(List<View> experiments, String nextPageToken) {}

    private final Experiments experiments;

    ExperimentResource(Experiments experiments) {
        this.experiments = experiments;
    }

    @Operation(summary = "Create an experiment")
    @POST
    @Path("/create")
    public Map<String, String> create(Fields fields) {
        String location = fields.text("artifact_location").orElse("");
        Experiment created = experiments.create(fields.required("name"), location, fields.pairs("tags"));
        return Map.of("experiment_id", String.valueOf(created.id));
    }

    @Operation(summary = "An experiment by its id")
    @GET
    @Path("/get")
    @Transactional
    @Parameter(name = "experiment_id", in = ParameterIn.QUERY, required = true, description = "The experiment.")
    public One get(UriInfo uri) {
        return new One(View.of(experiments.get(Fields.query(uri).required("experiment_id"))));
    }

    @Operation(summary = "An experiment by its name")
    @GET
    @Path("/get-by-name")
    @Transactional
    @Parameter(
            name = "experiment_name",
            in = ParameterIn.QUERY,
            required = true,
            description = "The name of the experiment.")
    public One getByName(UriInfo uri) {
        return new One(View.of(experiments.named(Fields.query(uri).required("experiment_name"))));
    }

    @Operation(summary = "Search experiments")
    @POST
    @Path("/search")
    @Transactional
    public Found search(Fields fields) {
        if (ViewType.of(fields, "view_type") == ViewType.DELETED_ONLY) {
            return new Found(List.of(), null);
        }
        var page = experiments.search(fields);
        return new Found(page.items().stream().map(View::of).toList(), page.nextToken());
    }

    @Operation(summary = "Search experiments")
    @GET
    @Path("/search")
    @Transactional
    @Parameter(
            name = "filter",
            in = ParameterIn.QUERY,
            description = "Comparisons joined by AND, as MLflow's search has them.")
    @Parameter(name = "order_by", in = ParameterIn.QUERY, description = "A key, then ASC or DESC.")
    @Parameter(name = "max_results", in = ParameterIn.QUERY, description = "The page's size.")
    @Parameter(name = "page_token", in = ParameterIn.QUERY, description = "What the page before gave.")
    public Found searchByQuery(UriInfo uri) {
        return search(Fields.query(uri));
    }

    @Operation(summary = "Set a tag of an experiment")
    @POST
    @Path("/set-experiment-tag")
    public Map<String, Object> setTag(Fields fields) {
        experiments.setTag(
                fields.required("experiment_id"),
                fields.required("key"),
                fields.text("value").orElse(""));
        return Mlflow.NOTHING;
    }
}
