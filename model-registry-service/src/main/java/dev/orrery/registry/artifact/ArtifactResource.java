package dev.orrery.registry.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.orrery.kit.http.ContentDigest;
import dev.orrery.registry.artifact.Artifacts.Child;
import dev.orrery.registry.artifact.Artifacts.Stored;
import dev.orrery.registry.mlflow.Mlflow;
import dev.orrery.registry.mlflow.MlflowError;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.PathPart;
import org.jboss.resteasy.reactive.RestResponse;

/// MLflow's artifact proxy: files of any size, in and out as streams.
@Tag(name = "MLflow")
@Path(Mlflow.ARTIFACTS + "/artifacts")
@RunOnVirtualThread
class ArtifactResource {

    @JsonInclude(Include.NON_EMPTY)
    @Schema(name = "MlflowArtifacts")
    record Listing(List<FileInfo> files) {}

    /// @param fileSize left out for folders, and for empty files as MLflow does
    @Schema(name = "MlflowArtifact")
    record FileInfo(String path, boolean isDir, Long fileSize) {
        static FileInfo of(String path, Child child) {
            Long size = child.size() == null || child.size() == 0 ? null : child.size();
            return new FileInfo(path, child.folder(), size);
        }
    }

    private final Artifacts artifacts;

    ArtifactResource(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    @Operation(
            summary = "Put an artifact",
            description = "A file of any size, as a stream, checked against its Content-Digest where one is sent. "
                    + "Files of registered versions stay as they are.")
    @PUT
    @Path("/{path:.+}")
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> put(String path, @HeaderParam("Content-Digest") String contentDigest, InputStream body)
            throws IOException {
        String expected = ContentDigest.sha256(contentDigest).orElse(null);
        artifacts.put(ArtifactPath.of(path), body == null ? InputStream.nullInputStream() : body, expected);
        return Mlflow.NOTHING;
    }

    @Operation(summary = "An artifact", description = "One part of it where a Range is asked for.")
    @GET
    @Path("/{path:.+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public RestResponse<PathPart> get(String path, HttpHeaders headers) {
        Stored found = artifacts
                .find(ArtifactPath.of(path))
                .orElseThrow(() -> MlflowError.missing("There is no artifact '%s'.", path));
        return Download.of(found, artifacts.content(found.digest()), headers);
    }

    @Operation(summary = "What lies in a folder of artifacts")
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Listing list(@QueryParam("path") String path) {
        Optional<ArtifactPath> folder =
                path == null || path.isEmpty() ? Optional.empty() : Optional.of(ArtifactPath.of(path));
        return new Listing(artifacts.children(folder).stream()
                .map(child -> FileInfo.of(child.name(), child))
                .toList());
    }

    @Operation(summary = "Remove a file, or a folder with all in it")
    @DELETE
    @Path("/{path:.+}")
    public Map<String, Object> delete(String path) {
        artifacts.delete(ArtifactPath.of(path));
        return Mlflow.NOTHING;
    }
}
