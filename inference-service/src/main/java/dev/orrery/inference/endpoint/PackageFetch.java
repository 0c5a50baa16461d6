package dev.orrery.inference.endpoint;

import dev.orrery.contracts.event.DeploymentChanged.Slot;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Brings a version's files to this instance's disk.
final class PackageFetch implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final DeploymentStore store;
    private final Duration timeout;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    PackageFetch(DeploymentStore store, Duration timeout) {
        this.store = store;
        this.timeout = timeout;
    }

    /// Downloads what is not here yet.
    ///
    /// @throws IOException naming the file, when it did not come or is not what the deployment says
    void fetch(Slot slot) throws IOException, InterruptedException {
        for (Map.Entry<String, String> file : slot.files().entrySet()) {
            if (!store.has(file.getValue())) {
                download(uri(slot.packageUri(), file.getKey()), file.getValue());
            }
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private void download(URI uri, String digest) throws IOException, InterruptedException {
        Path draft = store.draft();
        try {
            int status = get(uri, draft);
            if (status != OK) {
                throw new IOException("it answered " + status);
            }
            store.add(digest, draft);
        } catch (IOException e) {
            throw new IOException("%s could not be fetched: %s".formatted(uri, reason(e)), e);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /// The request's own timeout ends with the headers, and a body may stall; this one covers both.
    private int get(URI uri, Path target) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<Path>> response =
                client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofFile(target));
        try {
            return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("it did not come within " + timeout, e);
        } finally {
            response.cancel(true);
        }
    }

    private static URI uri(String base, String path) {
        try {
            URI uri = URI.create(base + new URI(null, null, "/" + path, null).getRawPath());
            if (uri.getScheme() == null || !uri.getScheme().matches("https?")) {
                throw new Refused("package_uri '%s' is not an http or https address".formatted(base));
            }
            return uri;
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new Refused("'%s/%s' is not an address".formatted(base, path), e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
