package dev.orrery.training.registration;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Puts files through MLflow's artifact proxy. MLflow's Java client would start a Python for this.
final class ArtifactStore implements AutoCloseable {

    private static final String PROXY = "/api/2.0/mlflow-artifacts/artifacts";
    private static final String SCHEME = "mlflow-artifacts";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int SUCCESS = 2;
    private static final int HUNDRED = 100;

    private final URI registry;
    private final HttpClient http;

    ArtifactStore(URI registry) {
        this.registry = registry;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
    }

    /// Streams a file to its place below an artifact URI.
    ///
    /// @throws RegistryUnavailable when the registry does not take it
    void put(String artifactUri, String path, Path file) {
        URI target = target(artifactUri, path);
        try {
            HttpRequest request = HttpRequest.newBuilder(target)
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/octet-stream")
                    .PUT(HttpRequest.BodyPublishers.ofFile(file))
                    .build();
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() / HUNDRED != SUCCESS) {
                throw new RegistryUnavailable(
                        "%s answers %d: %s".formatted(target, response.statusCode(), response.body()), null);
            }
        } catch (IOException e) {
            throw new RegistryUnavailable("%s cannot be reached: %s".formatted(target, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailable("interrupted while sending " + target, e);
        }
    }

    /// Where a file goes: `mlflow-artifacts:` means the proxy of the registry itself, unless it names a host.
    URI target(String artifactUri, String path) {
        URI artifacts = URI.create(artifactUri);
        if (!SCHEME.equals(artifacts.getScheme())) {
            return URI.create(artifactUri + "/" + encoded(path));
        }
        String host = artifacts.getAuthority() == null
                ? registry.toString().replaceAll("/$", "")
                : "http://" + artifacts.getAuthority();
        return URI.create(host + PROXY + artifacts.getRawPath() + "/" + encoded(path));
    }

    @Override
    public void close() {
        http.close();
    }

    private static String encoded(String path) {
        return Arrays.stream(path.split("/"))
                .map(segment ->
                        URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }
}
