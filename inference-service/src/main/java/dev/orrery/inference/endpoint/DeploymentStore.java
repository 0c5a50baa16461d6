package dev.orrery.inference.endpoint;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.EventCodec;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The last good deployment of every endpoint and its files, on this instance's disk, so that it starts and answers
/// when there is nobody to ask. Files lie under their SHA-256: what two deployments share is there once.
final class DeploymentStore {

    private static final String SUFFIX = ".json";

    private final Path deployments;
    private final Path files;

    DeploymentStore(Path folder) throws IOException {
        deployments = Files.createDirectories(folder.resolve("deployments"));
        files = Files.createDirectories(folder.resolve("files"));
    }

    /// What was served last. A deployment that cannot be read any more is reported and left out.
    List<DeploymentChanged> deployments() throws IOException {
        List<DeploymentChanged> readable = new ArrayList<>();
        for (Path file : list(deployments)) {
            if (!file.toString().endsWith(SUFFIX)) {
                continue;
            }
            try {
                readable.add(Json.MAPPER.readValue(file.toFile(), DeploymentChanged.class));
            } catch (IOException e) {
                Log.errorf(e, "%s is unreadable; its endpoint waits for orrery.deployments.v1", file);
            }
        }
        return readable;
    }

    /// Makes this the deployment to start with next time, and frees the files that no deployment needs now.
    void keep(DeploymentChanged deployment) throws IOException {
        DurableFiles.write(deployments.resolve(deployment.endpoint() + SUFFIX), EventCodec.data(deployment));
        Set<String> needed = deployments().stream()
                .flatMap(kept -> kept.slots().stream())
                .flatMap(slot -> slot.files().values().stream())
                .collect(Collectors.toSet());
        for (Path file : list(files)) {
            if (!needed.contains(file.getFileName().toString())) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// Where the file of a digest lies, or would.
    Path file(String digest) {
        return files.resolve(digest);
    }

    /// Whether the file is here and still what it was: disks forget, too.
    boolean has(String digest) throws IOException {
        return Files.exists(file(digest)) && digest.equals(sha256(file(digest)));
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
        String actual = sha256(draft);
        if (!actual.equals(digest)) {
            throw new IOException("its SHA-256 is %s, and the deployment says %s".formatted(actual, digest));
        }
        DurableFiles.publish(draft, file(digest));
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.sorted().toList();
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                DigestOutputStream digest =
                        new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            bytes.transferTo(digest);
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
