package dev.orrery.registry.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.orrery.registry.artifact.ArtifactResource.FileInfo;
import dev.orrery.registry.mlflow.Fields;
import dev.orrery.registry.mlflow.Mlflow;
import dev.orrery.registry.mlflow.MlflowError;
import dev.orrery.registry.run.Runs;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What lies among a run's artifacts.
@Tag(name = "MLflow")
@Path(Mlflow.API + "/artifacts/list")
@RunOnVirtualThread
class RunArtifactResource {

    @JsonInclude(Include.NON_EMPTY)
    @Schema(name = "MlflowRunArtifacts")
    record Listing(String rootUri, List<FileInfo> files) {}

    private final Runs runs;
    private final Artifacts artifacts;

    RunArtifactResource(Runs runs, Artifacts artifacts) {
        this.runs = runs;
        this.artifacts = artifacts;
    }

    @Operation(summary = "What lies in a folder of a run's artifacts")
    @GET
    @Parameter(name = "run_id", in = ParameterIn.QUERY, required = true, description = "The run.")
    @Parameter(name = "path", in = ParameterIn.QUERY, description = "The folder; the root without it.")
    public Listing list(UriInfo uri) {
        Fields fields = Fields.query(uri);
        String run = fields.runId();
        String path = fields.text("path").orElse("");
        String root = runs.artifactUri(run).orElseThrow(() -> MlflowError.missing("Run with id=%s not found", run));
        Optional<ArtifactPath> folder =
                ArtifactPath.ofUri(root).map(base -> path.isEmpty() ? base : base.resolve(path));
        String prefix = path.isEmpty() ? "" : path + "/";
        List<FileInfo> files = folder.isEmpty()
                ? List.of()
                : artifacts.children(folder).stream()
                        .map(child -> FileInfo.of(prefix + child.name(), child))
                        .toList();
        return new Listing(root, files);
    }
}
