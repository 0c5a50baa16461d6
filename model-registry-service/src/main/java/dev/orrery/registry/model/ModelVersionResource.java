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

/// MLflow's model versions.
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

    @POST
    @Path("/create")
    @Transactional
    public MlflowViews.OneVersion create(Fields fields) {
        return new MlflowViews.OneVersion(MlflowViews.Version.of(versions.create(fields)));
    }

    @GET
    @Path("/get")
    @Transactional
    public MlflowViews.OneVersion get(UriInfo uri) {
        return new MlflowViews.OneVersion(MlflowViews.Version.of(find(Fields.query(uri))));
    }

    @GET
    @Path("/get-download-uri")
    @Transactional
    public Map<String, String> downloadUri(UriInfo uri) {
        return Map.of("artifact_uri", sources.download(find(Fields.query(uri)).source));
    }

    @GET
    @Path("/search")
    @Transactional
    public MlflowViews.Versions search(UriInfo uri) {
        var page = versions.search(Fields.query(uri));
        return new MlflowViews.Versions(
                page.items().stream().map(MlflowViews.Version::withoutAliases).toList(), page.nextToken());
    }

    @PATCH
    @Path("/update")
    @Transactional
    public MlflowViews.OneVersion update(Fields fields) {
        String description = fields.text("description").orElse(null);
        return new MlflowViews.OneVersion(
                MlflowViews.Version.of(versions.describe(fields.required("name"), fields.version(), description)));
    }

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
