package dev.orrery.registry.artifact;

import dev.orrery.registry.mlflow.Mlflow;
import dev.orrery.registry.mlflow.MlflowError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where an artifact lies, `1/0af7…/artifacts/model/MLmodel`. It is a name and never becomes a path on disk; hostile
/// ones are refused all the same, because clients make paths of them.
public record ArtifactPath(String value) {

    private static final int LONGEST = 1000;
    private static final int MOST_DECODINGS = 5;

    /// @throws MlflowError for a path that is absolute, climbs, or hides that it does
    public static ArtifactPath of(String path) {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String decoded = plain;
        for (int i = 0; i < MOST_DECODINGS; i++) {
            requirePlain(decoded, path);
            String further = decode(decoded);
            if (further.equals(decoded)) {
                return new ArtifactPath(plain);
            }
            decoded = further;
        }
        throw refused(path);
    }

    /// The path behind an artifact address that is kept here, `mlflow-artifacts:/…`; empty for any other address.
    public static Optional<ArtifactPath> ofUri(String uri) {
        if (!uri.startsWith(Mlflow.ARTIFACT_SCHEME)) {
            return Optional.empty();
        }
        String path = uri.substring(Mlflow.ARTIFACT_SCHEME.length());
        if (path.startsWith("/")) {
            int end = path.indexOf('/', 1);
            path = end < 0 ? "" : path.substring(end + 1);
        }
        return path.isEmpty() ? Optional.empty() : Optional.of(of(path));
    }

    public ArtifactPath resolve(String below) {
        return of(value + "/" + below);
    }

    /// The path of something below this one, as seen from here.
    String relative(String below) {
        return below.substring(value.length() + 1);
    }

    /// Everything below lies between this and [#end].
    String start() {
        return value + "/";
    }

    /// The first text behind everything below, because `0` follows `/`.
    String end() {
        return value + "0";
    }

    private static void requirePlain(String path, String given) {
        boolean odd = path.isEmpty()
                || path.length() > LONGEST
                || path.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\' || c == '#');
        if (odd) {
            throw refused(given);
        }
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw refused(given);
            }
        }
    }

    /// The path decoded once more; a path that is no encoding of anything is what it is.
    private static String decode(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    private static MlflowError refused(String path) {
        return MlflowError.invalid(
                "Invalid path '%s': a path is at most %d characters, relative, without empty, '.' or '..' parts,"
                        + " '\\', '#' or control characters.",
                path, LONGEST);
    }
}
