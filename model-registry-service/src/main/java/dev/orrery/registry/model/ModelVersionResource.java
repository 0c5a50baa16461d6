package dev.orrery.registry.model;

import dev.orrery.registry.mlflow.Fields;
import dev.orrery.registry.mlflow.Mlflow;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// MLflow's model versions.
@Tag(name = "MLflow")
@Path(Mlflow.API + "/model-versions")
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class ModelVersionResource {

    private final ModelVersions versions;
    private final ModelSource sources;

    ModelVersionResource(ModelVersions versions, ModelSource sources) {
        this.versions = versions;
        this.sources = sources;
    }

    @Operation(summary = "Register a version of a model")
    @POST
    @Path("/create")
    @Transactional
    public MlflowViews.OneVersion create(Fields fields) {
        return new MlflowViews.OneVersion(MlflowViews.Version.of(versions.create(fields)));
    }

    @Operation(summary = "A version of a model")
    @GET
    @Path("/get")
    @Transactional
    @Parameter(name = "name", in = ParameterIn.QUERY, required = true, description = "The name of the model.")
    @Parameter(name = "version", in = ParameterIn.QUERY, required = true, description = "The number of the version.")
    public MlflowViews.OneVersion get(UriInfo uri) {
        return new MlflowViews.OneVersion(MlflowViews.Version.of(find(Fields.query(uri))));
    }

    @Operation(summary = "Where a version's files are")
    @GET
    @Path("/get-download-uri")
    @Transactional
    @Parameter(name = "name", in = ParameterIn.QUERY, required = true, description = "The name of the model.")
    @Parameter(name = "version", in = ParameterIn.QUERY, required = true, description = "The number of the version.")
    public Map<String, String> downloadUri(UriInfo uri) {
        return Map.of("artifact_uri", sources.download(find(Fields.query(uri)).source));
    }

    @Operation(summary = "Search model versions")
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
    public MlflowViews.Versions search(UriInfo uri) {
        var page = versions.search(Fields.query(uri));
        return new MlflowViews.Versions(
                page.items().stream().map(MlflowViews.Version::withoutAliases).toList(), page.nextToken());
    }

    @Operation(summary = "Describe a version")
    @PATCH
    @Path("/update")
    @Transactional
    public MlflowViews.OneVersion update(Fields fields) {
        String description = fields.text("description").orElse(null);
        return new MlflowViews.OneVersion(
                MlflowViews.Version.of(versions.describe(fields.required("name"), fields.version(), description)));
    }

    @Operation(summary = "Set a tag of a version")
    @POST
    @Path("/set-tag")
    public Map<String, Object> setTag(Fields fields) {
        versions.setTag(
                fields.required("name"),
                fields.version(),
                fields.required("key"),
                fields.text("value").orElse(""));
        return Mlflow.NOTHING;
    }

    private static ModelVersion find(Fields fields) {
        return ModelVersion.get(fields.required("name"), fields.version());
    }
}
