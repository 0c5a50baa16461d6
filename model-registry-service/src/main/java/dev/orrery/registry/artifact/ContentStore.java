package dev.orrery.registry.artifact;

import dev.orrery.registry.RegistryConfig;
import dev.orrery.registry.Sha256;
import dev.orrery.registry.mlflow.MlflowError;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;

/// Contents on disk, each in a file named by its SHA-256, so that the same content is there once. A file appears whole
/// or not at all.
@ApplicationScoped
class ContentStore {

    private static final int BUFFER = 64 * 1024;
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path contents;
    private final Path incoming;
    private final Clock clock;

    ContentStore(RegistryConfig config, Clock clock) {
        contents = config.state().resolve("artifacts").toAbsolutePath();
        incoming = contents.resolve("incoming");
        this.clock = clock;
    }

    /// A content on disk that is not yet kept; closing it without [#keep] forgets it.
    record Received(String digest, long size, Path file) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    /// Uploads that a crash cut off long ago are removed; younger ones may be another instance's.
    void start(@Observes StartupEvent event) throws IOException {
        Files.createDirectories(incoming);
        Instant limit = clock.instant().minus(ABANDONED);
        try (Stream<Path> files = Files.list(incoming)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
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
            Files.move(received.file(), file, StandardCopyOption.ATOMIC_MOVE);
            flushFolder(file.getParent());
        }
    }

    void delete(String digest) throws IOException {
        Files.deleteIfExists(file(digest));
    }

    Path file(String digest) {
        return contents.resolve(digest.substring(0, 2)).resolve(digest);
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

    /// Makes the new name itself durable, not only the bytes under it.
    private static void flushFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
