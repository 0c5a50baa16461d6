package dev.orrery.registry.model;

import dev.orrery.contracts.event.ModelVersionChanged.State;
import dev.orrery.registry.Limit;
import dev.orrery.registry.PageToken;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Models and versions as the platform speaks of them.
@Path("/v1/models")
@RunOnVirtualThread
class CatalogResource {

    /// @param aliases each alias with the version it points to
    record ModelView(String name, String description, int latestVersion, Map<String, Integer> aliases) {}

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

    record ModelList(List<ModelView> models, String nextPageToken) {}

    record VersionList(List<VersionView> versions, String nextPageToken) {}

    private final ModelPackages packages;

    CatalogResource(ModelPackages packages) {
        this.packages = packages;
    }

    @GET
    @Transactional
    public ModelList models(@QueryParam("limit") Integer limit, @QueryParam("page_token") String pageToken) {
        PageToken token = PageToken.of(pageToken);
        int most = Limit.of(limit);
        var page = token.page(RegisteredModel.byName(token.offset(), most + 1), most);
        return new ModelList(page.items().stream().map(CatalogResource::view).toList(), page.token());
    }

    @GET
    @Path("/{name}/versions")
    @Transactional
    public VersionList versions(
            String name, @QueryParam("limit") Integer limit, @QueryParam("page_token") String pageToken) {
        RegisteredModel.get(name);
        PageToken token = PageToken.of(pageToken);
        int most = Limit.of(limit);
        var page = token.page(ModelVersion.newestFirst(name, token.offset(), most + 1), most);
        return new VersionList(page.items().stream().map(this::view).toList(), page.token());
    }

    @GET
    @Path("/{name}/versions/{version}")
    @Transactional
    public VersionView version(String name, int version) {
        return view(ModelVersion.get(name, version));
    }

    private static ModelView view(RegisteredModel model) {
        Map<String, Integer> aliases = new TreeMap<>();
        ModelAlias.of(model.name).forEach(alias -> aliases.put(alias.alias, alias.version));
        return new ModelView(model.name, model.description, model.lastVersion, aliases);
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
