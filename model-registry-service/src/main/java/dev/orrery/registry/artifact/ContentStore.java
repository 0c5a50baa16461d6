package dev.orrery.registry.artifact;

import dev.orrery.contracts.Sha256;
import dev.orrery.kit.file.DurableFiles;
import dev.orrery.registry.RegistryConfig;
import dev.orrery.registry.mlflow.MlflowError;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Contents on disk, each in a file named by its SHA-256, so that the same content is there once. A file appears whole
/// or not at all.
@ApplicationScoped
class ContentStore {

    private static final int BUFFER = 64 * 1024;

    private final Path contents;
    private final Path incoming;

    ContentStore(RegistryConfig config) {
        contents = config.state().resolve("artifacts").toAbsolutePath();
        incoming = contents.resolve("incoming");
    }

    /// A content on disk that is not yet kept; closing it without [#keep] forgets it.
    record Received(String digest, long size, Path file) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    void start(@Observes StartupEvent event) throws IOException {
        Files.createDirectories(incoming);
    }

    /// Writes a stream to disk, in constant memory, and flushes it.
    Received receive(InputStream body) throws IOException {
        Path file = incoming.resolve(UUID.randomUUID().toString());
        MessageDigest digest = Sha256.digest();
        boolean whole = false;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = read(body, buffer); read >= 0; read = read(body, buffer)) {
                digest.update(buffer, 0, read);
                write(channel, ByteBuffer.wrap(buffer, 0, read));
            }
            channel.force(true);
            whole = true;
            return new Received(Sha256.hex(digest.digest()), channel.size(), file);
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
    }

    void keep(Received received) throws IOException {
        Path file = file(received.digest());
        if (Files.notExists(file)) {
            Files.createDirectories(file.getParent());
            DurableFiles.publish(received.file(), file);
        }
    }

    void delete(String digest) throws IOException {
        Files.deleteIfExists(file(digest));
    }

    Path file(String digest) {
        return contents.resolve(digest.substring(0, 2)).resolve(digest);
    }

    /// Removes what a broken upload left behind before a time; younger ones may be another instance's.
    long removeIncoming(Instant before) throws IOException {
        List<Path> abandoned = olderThan(before, incoming);
        for (Path file : abandoned) {
            Files.deleteIfExists(file);
        }
        return abandoned.size();
    }

    /// The digests of all contents that were kept before a time.
    List<String> digests(Instant before) throws IOException {
        List<String> digests = new ArrayList<>();
        try (Stream<Path> folders = Files.list(contents)) {
            for (Path folder :
                    folders.filter(folder -> !folder.equals(incoming)).toList()) {
                olderThan(before, folder)
                        .forEach(file -> digests.add(file.getFileName().toString()));
            }
        }
        return digests;
    }

    private static List<Path> olderThan(Instant before, Path folder) throws IOException {
        List<Path> older = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (isOlder(file, before)) {
                    older.add(file);
                }
            }
        }
        return older;
    }

    private static boolean isOlder(Path file, Instant than) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(than);
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    private static int read(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw MlflowError.invalid("The upload broke off before its end.");
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
