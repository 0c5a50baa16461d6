package dev.orrery.registry.model;

import dev.orrery.contracts.event.ModelVersionChanged.State;
import dev.orrery.kit.page.Page;
import dev.orrery.kit.page.PageRequest;
import dev.orrery.registry.usecase.UseCases;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Models and versions as the platform speaks of them.
@Tag(name = "Models")
@Path("/v1/models")
@RunOnVirtualThread
class CatalogResource {

    /// @param useCase the one that the model belongs to, if any
    /// @param aliases each alias with the version it points to
    @Schema(name = "Model")
    record ModelView(
            String name, String description, String useCase, int latestVersion, Map<String, Integer> aliases) {}

    @Schema(name = "ModelVersion")
    record VersionView(
            String model,
            int version,
            long revision,
            State state,
            String stateReason,
            List<String> aliases,
            String runId,
            String source,
            String packageUri,
            String description,
            Map<String, String> tags,
            Instant createdAt,
            Instant updatedAt) {}

    @Schema(name = "Models")
    record ModelList(List<ModelView> models, String nextPageToken) {}

    @Schema(name = "ModelVersions")
    record VersionList(List<VersionView> versions, String nextPageToken) {}

    private final ModelPackages packages;
    private final UseCases useCases;

    CatalogResource(ModelPackages packages, UseCases useCases) {
        this.packages = packages;
        this.useCases = useCases;
    }

    @Operation(
            summary = "All models",
            description = "By name, with the use case that each belongs to and where its aliases point.")
    @GET
    @Transactional
    public ModelList models(@QueryParam("limit") Integer limit, @QueryParam("page_token") String pageToken) {
        PageRequest request = PageRequest.of(limit, pageToken);
        var page = Page.of(request, RegisteredModel.byName(request), model -> List.of(model.name))
                .map(this::view);
        return new ModelList(page.items(), page.nextToken());
    }

    @Operation(summary = "The versions of a model", description = "The newest first.")
    @GET
    @Path("/{name}/versions")
    @Transactional
    public VersionList versions(
            String name, @QueryParam("limit") Integer limit, @QueryParam("page_token") String pageToken) {
        RegisteredModel.get(name);
        PageRequest request = PageRequest.of(limit, pageToken);
        var page = Page.of(
                        request,
                        ModelVersion.newestFirst(name, request),
                        version -> List.of(String.valueOf(version.version)))
                .map(this::view);
        return new VersionList(page.items(), page.nextToken());
    }

    @Operation(summary = "A version of a model", description = "Its state, aliases, source and tags.")
    @GET
    @Path("/{name}/versions/{version}")
    @Transactional
    public VersionView version(String name, int version) {
        return view(ModelVersion.get(name, version));
    }

    private ModelView view(RegisteredModel model) {
        Map<String, Integer> aliases = new TreeMap<>();
        ModelAlias.of(model.name).forEach(alias -> aliases.put(alias.alias, alias.version));
        return new ModelView(
                model.name, model.description, useCases.owner(model.name).orElse(null), model.lastVersion, aliases);
    }

    private VersionView view(ModelVersion version) {
        return new VersionView(
                version.model,
                version.version,
                version.revision,
                version.state,
                version.stateReason,
                ModelAlias.of(version),
                version.runId,
                version.source,
                packages.uri(version.model, version.version),
                version.description,
                Map.copyOf(version.tags),
                Instant.ofEpochMilli(version.createdMs),
                Instant.ofEpochMilli(version.updatedMs));
    }
}
