package dev.orrery.registry.model;

import dev.orrery.registry.artifact.ArtifactPath;
import dev.orrery.registry.mlflow.MlflowError;
import dev.orrery.registry.run.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a version comes from, as its maker said it, and where its files are therefore kept.
@ApplicationScoped
class ModelSource {

    private static final Pattern RUN = Pattern.compile("runs:/([^/]+)/(.+)");
    private static final Pattern MODEL = Pattern.compile("models:/([^/@]+)/(\\d{1,9})");
    private static final Pattern LOCAL = Pattern.compile("(?i)/.*|file:.*|[a-z]:\\\\.*");

    private final Runs runs;

    ModelSource(Runs runs) {
        this.runs = runs;
    }

    /// @throws MlflowError for a source on somebody's disk, one that climbs, and a model version that is not there
    String require(String source) {
        String decoded = decode(source);
        boolean climbs = Arrays.asList(decoded.split("[/\\\\]")).contains("..");
        if (climbs || decoded.indexOf('\0') >= 0 || LOCAL.matcher(decoded).matches()) {
            throw MlflowError.invalid(
                    "Invalid model version source '%s': log the files as artifacts of a run, and name those, as in"
                            + " 'runs:/<run_id>/model'.",
                    source);
        }
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

    private static String decode(String source) {
        try {
            return URLDecoder.decode(source.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return source;
        }
    }
}
