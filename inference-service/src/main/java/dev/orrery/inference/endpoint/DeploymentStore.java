package dev.orrery.inference.endpoint;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.Sha256;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.EventCodec;
import dev.orrery.kit.file.DurableFiles;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The last good deployment of every endpoint and its files, on this instance's disk, so that it starts and answers
/// when there is nobody to ask. Files lie under their SHA-256: what two deployments share is there once. A file stays
/// as long as a deployment that is served or wanted names it.
final class DeploymentStore {

    private static final String SUFFIX = ".json";

    private final Path deployments;
    private final Path files;
    /// What is served next time, by endpoint.
    private final Map<String, DeploymentChanged> kept = new TreeMap<>();
    /// What is on its way, by endpoint.
    private final Map<String, DeploymentChanged> wanted = new HashMap<>();

    /// Opens a folder, and removes from it what an earlier process left half done or did not come to remove.
    DeploymentStore(Path folder) throws IOException {
        deployments = Files.createDirectories(folder.resolve("deployments"));
        files = Files.createDirectories(folder.resolve("files"));
        for (Path file : list(deployments)) {
            if (file.toString().endsWith(SUFFIX)) {
                read(file);
            } else {
                Files.delete(file);
            }
        }
        for (Path file : list(files)) {
            free(file.getFileName().toString());
        }
    }

    /// What was served last.
    synchronized List<DeploymentChanged> deployments() {
        return List.copyOf(kept.values());
    }

    /// Claims the files of a deployment that is on its way, so that nobody removes them meanwhile; the claim of the
    /// one that was wanted before ends.
    synchronized void want(DeploymentChanged deployment) throws IOException {
        free(wanted.put(deployment.endpoint(), deployment));
    }

    /// Gives up a deployment that will not be served.
    synchronized void giveUp(DeploymentChanged deployment) throws IOException {
        if (wanted.remove(deployment.endpoint(), deployment)) {
            free(deployment);
        }
    }

    /// Makes this the deployment to start with next time, and frees the files that no deployment needs now.
    synchronized void keep(DeploymentChanged deployment) throws IOException {
        DurableFiles.write(path(deployment.endpoint()), EventCodec.data(deployment));
        DeploymentChanged before = kept.put(deployment.endpoint(), deployment);
        wanted.remove(deployment.endpoint(), deployment);
        free(before);
    }

    /// Notes that the topic still names an endpoint.
    void named(String endpoint, Instant now) throws IOException {
        if (Files.exists(path(endpoint))) {
            Files.setLastModifiedTime(path(endpoint), FileTime.from(now));
        }
    }

    /// When the topic, or a rollout, named an endpoint last.
    Instant lastNamed(String endpoint) throws IOException {
        return Files.getLastModifiedTime(path(endpoint)).toInstant();
    }

    /// Forgets an endpoint that is no more, and what is on its way to it.
    synchronized void forget(String endpoint) throws IOException {
        Files.deleteIfExists(path(endpoint));
        free(kept.remove(endpoint));
        free(wanted.remove(endpoint));
    }

    /// Where the file of a digest lies, or would.
    Path file(String digest) {
        return files.resolve(digest);
    }

    /// Whether the file is here and still what it was: disks forget, too.
    boolean has(String digest) throws IOException {
        return Files.exists(file(digest)) && digest.equals(Sha256.of(file(digest)));
    }

    boolean hasAll(Collection<String> digests) throws IOException {
        for (String digest : digests) {
            if (!has(digest)) {
                return false;
            }
        }
        return true;
    }

    /// An empty file to fill and then [#add].
    Path draft() throws IOException {
        return Files.createTempFile(files, "draft-", "");
    }

    /// Takes a filled draft in, if it is what the digest says.
    ///
    /// @throws IOException when it is not
    void add(String digest, Path draft) throws IOException {
        String actual = Sha256.of(draft);
        if (!actual.equals(digest)) {
            throw new IOException("its SHA-256 is %s, and the deployment says %s".formatted(actual, digest));
        }
        DurableFiles.publish(draft, file(digest));
    }

    /// A deployment that cannot be read any more is reported and left out.
    private void read(Path file) {
        try {
            DeploymentChanged deployment = Json.MAPPER.readValue(file.toFile(), DeploymentChanged.class);
            kept.put(deployment.endpoint(), deployment);
        } catch (IOException e) {
            Log.errorf(e, "%s is unreadable; its endpoint waits for orrery.deployments.v1", file);
        }
    }

    private void free(DeploymentChanged deployment) throws IOException {
        if (deployment != null) {
            for (String digest : digests(deployment)) {
                free(digest);
            }
        }
    }

    private void free(String digest) throws IOException {
        boolean needed = Stream.concat(kept.values().stream(), wanted.values().stream())
                .anyMatch(deployment -> deployment.slots().stream()
                        .anyMatch(slot -> slot.files().containsValue(digest)));
        if (!needed) {
            Files.deleteIfExists(file(digest));
        }
    }

    private static Set<String> digests(DeploymentChanged deployment) {
        Set<String> digests = new HashSet<>();
        deployment.slots().forEach(slot -> digests.addAll(slot.files().values()));
        return digests;
    }

    private Path path(String endpoint) {
        return deployments.resolve(endpoint + SUFFIX);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.sorted().toList();
        }
    }
}
