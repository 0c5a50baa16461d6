package dev.orrery.registry.model;

import dev.orrery.registry.mlflow.Fields;
import dev.orrery.registry.mlflow.Mlflow;
import dev.orrery.registry.mlflow.MlflowError;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// MLflow's registered models.
@Path(Mlflow.API + "/registered-models")
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class RegisteredModelResource {

    private static final List<String> STAGES = List.of("none", "staging", "production", "archived");

    private final Models models;

    RegisteredModelResource(Models models) {
        this.models = models;
    }

    @POST
    @Path("/create")
    @Transactional
    public MlflowViews.OneModel create(Fields fields) {
        String description = fields.text("description").orElse(null);
        RegisteredModel created = models.create(fields.required("name"), description, fields.pairs("tags"));
        return new MlflowViews.OneModel(MlflowViews.Model.of(created));
    }

    @GET
    @Path("/get")
    @Transactional
    public MlflowViews.OneModel get(UriInfo uri) {
        RegisteredModel model = RegisteredModel.get(Fields.query(uri).required("name"));
        return new MlflowViews.OneModel(MlflowViews.Model.of(model));
    }

    @GET
    @Path("/search")
    @Transactional
    public MlflowViews.Models search(UriInfo uri) {
        var page = models.search(Fields.query(uri));
        return new MlflowViews.Models(
                page.items().stream().map(MlflowViews.Model::of).toList(), page.nextToken());
    }

    @GET
    @Path("/get-latest-versions")
    @Transactional
    public MlflowViews.Versions latestByQuery(UriInfo uri) {
        return latest(Fields.query(uri));
    }

    @POST
    @Path("/get-latest-versions")
    @Transactional
    public MlflowViews.Versions latest(Fields fields) {
        List<ModelVersion> latest = models.latest(fields.required("name"));
        List<String> stages = fields.texts("stages").stream()
                .map(stage -> stage.toLowerCase(Locale.ROOT))
                .toList();
        if (!STAGES.containsAll(stages)) {
            throw MlflowError.invalid("Invalid stages %s: known are None, Staging, Production, Archived.", stages);
        }
        boolean wanted = stages.isEmpty() || stages.contains(STAGES.getFirst());
        return new MlflowViews.Versions(
                wanted ? latest.stream().map(MlflowViews.Version::of).toList() : List.of(), null);
    }

    @GET
    @Path("/alias")
    @Transactional
    public MlflowViews.OneVersion aliased(UriInfo uri) {
        Fields fields = Fields.query(uri);
        return new MlflowViews.OneVersion(
                MlflowViews.Version.of(models.aliased(fields.required("name"), fields.required("alias"))));
    }

    @POST
    @Path("/set-tag")
    public Map<String, Object> setTag(Fields fields) {
        models.setTag(
                fields.required("name"),
                fields.required("key"),
                fields.text("value").orElse(""));
        return Mlflow.NOTHING;
    }
}
