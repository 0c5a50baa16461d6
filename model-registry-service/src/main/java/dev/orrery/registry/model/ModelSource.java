package dev.orrery.registry.model;

import dev.orrery.registry.artifact.ArtifactPath;
import dev.orrery.registry.mlflow.Keys;
import dev.orrery.registry.mlflow.MlflowError;
import dev.orrery.registry.run.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a version comes from, as its maker said it, and where its files are therefore kept.
@ApplicationScoped
class ModelSource {

    private static final Pattern RUN = Pattern.compile("runs:/([^/]+)/(.+)");
    private static final Pattern MODEL = Pattern.compile("models:/([^/@]+)/(\\d{1,9})");

    private final Runs runs;

    ModelSource(Runs runs) {
        this.runs = runs;
    }

    /// @throws MlflowError for a source on somebody's disk, one that climbs, and a model version that is not there
    String require(String source) {
        Keys.location(source);
        ArtifactPath.ofUri(source);
        copied(source);
        return source;
    }

    /// The folder among the artifacts; empty for a source that is kept elsewhere, or a run that is not known.
    Optional<ArtifactPath> folder(String source) {
        Matcher run = RUN.matcher(source);
        if (run.matches()) {
            return runs.artifactUri(run.group(1)).flatMap(ArtifactPath::ofUri).map(root -> root.resolve(run.group(2)));
        }
        Optional<ModelVersion> copied = copied(source);
        return copied.isPresent() ? folder(copied.get().source) : ArtifactPath.ofUri(source);
    }

    /// Where to download from: the source, or that of the version which it copies.
    String download(String source) {
        return copied(source).map(version -> download(version.source)).orElse(source);
    }

    private static Optional<ModelVersion> copied(String source) {
        Matcher model = MODEL.matcher(source);
        return model.matches()
                ? Optional.of(ModelVersion.get(model.group(1), Integer.parseInt(model.group(2))))
                : Optional.empty();
    }
}
