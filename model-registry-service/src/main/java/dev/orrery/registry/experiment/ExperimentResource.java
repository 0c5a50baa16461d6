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

/// MLflow's experiments.
@Path(Mlflow.API + "/experiments")
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class ExperimentResource {

    @JsonInclude(Include.NON_EMPTY)
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

    record One(View experiment) {}

    @JsonInclude(Include.NON_EMPTY)
    record Found(List<View> experiments, String nextPageToken) {}

    private final Experiments experiments;

    ExperimentResource(Experiments experiments) {
        this.experiments = experiments;
    }

    @POST
    @Path("/create")
    public Map<String, String> create(Fields fields) {
        String location = fields.text("artifact_location").orElse("");
        Experiment created = experiments.create(fields.required("name"), location, fields.pairs("tags"));
        return Map.of("experiment_id", String.valueOf(created.id));
    }

    @GET
    @Path("/get")
    @Transactional
    public One get(UriInfo uri) {
        return new One(View.of(experiments.get(Fields.query(uri).required("experiment_id"))));
    }

    @GET
    @Path("/get-by-name")
    @Transactional
    public One getByName(UriInfo uri) {
        return new One(View.of(experiments.named(Fields.query(uri).required("experiment_name"))));
    }

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

    @GET
    @Path("/search")
    @Transactional
    public Found searchByQuery(UriInfo uri) {
        return search(Fields.query(uri));
    }

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
