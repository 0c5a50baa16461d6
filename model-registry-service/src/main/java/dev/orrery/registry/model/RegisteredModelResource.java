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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// MLflow's registered models.
@Tag(name = "MLflow")
@Path(Mlflow.API + "/registered-models")
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class RegisteredModelResource {

    private static final List<String> STAGES = List.of("none", "staging", "production", "archived");

    private final Models models;

    RegisteredModelResource(Models models) {
        this.models = models;
    }

    @Operation(summary = "Register a model")
    @POST
    @Path("/create")
    @Transactional
    public MlflowViews.OneModel create(Fields fields) {
        String description = fields.text("description").orElse(null);
        RegisteredModel created = models.create(fields.required("name"), description, fields.pairs("tags"));
        return new MlflowViews.OneModel(MlflowViews.Model.of(created));
    }

    @Operation(summary = "A registered model")
    @GET
    @Path("/get")
    @Transactional
    @Parameter(name = "name", in = ParameterIn.QUERY, required = true, description = "The name of the model.")
    public MlflowViews.OneModel get(UriInfo uri) {
        RegisteredModel model = RegisteredModel.get(Fields.query(uri).required("name"));
        return new MlflowViews.OneModel(MlflowViews.Model.of(model));
    }

    @Operation(summary = "Search registered models")
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
    public MlflowViews.Models search(UriInfo uri) {
        var page = models.search(Fields.query(uri));
        return new MlflowViews.Models(
                page.items().stream().map(MlflowViews.Model::of).toList(), page.nextToken());
    }

    @Operation(summary = "The newest version of a model")
    @GET
    @Path("/get-latest-versions")
    @Transactional
    @Parameter(name = "name", in = ParameterIn.QUERY, required = true, description = "The name of the model.")
    public MlflowViews.Versions latestByQuery(UriInfo uri) {
        return latest(Fields.query(uri));
    }

    @Operation(summary = "The newest version of a model")
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

    @Operation(summary = "The version that an alias points to")
    @GET
    @Path("/alias")
    @Transactional
    @Parameter(name = "name", in = ParameterIn.QUERY, required = true, description = "The name of the model.")
    @Parameter(name = "alias", in = ParameterIn.QUERY, required = true, description = "The alias.")
    public MlflowViews.OneVersion aliased(UriInfo uri) {
        Fields fields = Fields.query(uri);
        return new MlflowViews.OneVersion(
                MlflowViews.Version.of(models.aliased(fields.required("name"), fields.required("alias"))));
    }

    @Operation(summary = "Set a tag of a model")
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
