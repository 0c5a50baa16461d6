package dev.orrery.registry.model;

import dev.orrery.kit.problem.NotFound;
import dev.orrery.registry.artifact.Artifacts.Stored;
import dev.orrery.registry.artifact.Download;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.PathPart;
import org.jboss.resteasy.reactive.RestResponse;

/// The files of a version, for whoever loads it.
@Tag(name = "Models")
@Path("/v1/models/{name}/versions/{version}/package")
@RunOnVirtualThread
class PackageResource {

    @Schema(name = "PackageFile")
    record FileView(String path, long size, String sha256) {
        private static FileView of(Stored file) {
            return new FileView(file.path(), file.size(), file.digest());
        }
    }

    @Schema(name = "PackageFiles")
    record Listing(List<FileView> files) {}

    private final ModelPackages packages;

    PackageResource(ModelPackages packages) {
        this.packages = packages;
    }

    @Operation(
            summary = "The files of a version",
            description = "With their sizes and digests. Once a version is blessed they never change.")
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Transactional
    public Listing list(String name, int version) {
        return new Listing(
                packages.files(name, version).stream().map(FileView::of).toList());
    }

    @Operation(summary = "A file of a version", description = "One part of it where a Range is asked for.")
    @GET
    @Path("/{path:.+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public RestResponse<PathPart> get(String name, int version, String path, HttpHeaders headers) {
        Stored file = packages.files(name, version).stream()
                .filter(candidate -> candidate.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new NotFound("Version %d of '%s' has no file '%s'. %s lists those it has."
                        .formatted(version, name, path, packages.uri(name, version))));
        return Download.of(file, packages.content(file), headers);
    }
}
