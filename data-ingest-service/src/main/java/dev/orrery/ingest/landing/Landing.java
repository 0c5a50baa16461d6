package dev.orrery.ingest.landing;

import dev.orrery.contracts.Sha256;
import dev.orrery.ingest.IngestConfig;
import dev.orrery.kit.problem.Invalid;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The folder of received files. A file's name is the SHA-256 of its content, so equal files are one, and a name says
/// nothing about anybody.
@ApplicationScoped
public class Landing {

    private static final int BUFFER = 1 << 16;
    private static final int INSUFFICIENT_STORAGE = 507;
    private static final String SUFFIX = ".csv";

    private final Path arriving;
    private final Path kept;
    private final long limit;

    @Inject
    Landing(IngestConfig config) {
        this(config.state().resolve("landing"), config.ingest().maxUpload().asLongValue());
    }

    /// @param limit bytes that a file may have
    Landing(Path folder, long limit) {
        this.arriving = folder.resolve("arriving");
        this.kept = folder.resolve("kept");
        this.limit = limit;
    }

    /// Writes a stream to disk as it comes, and returns once it is safe there.
    ///
    /// @throws WebApplicationException 413 as soon as it turns out longer than is allowed, 507 when there
    ///                                  is no room on the disk
    public Upload receive(InputStream body) throws IOException {
        Files.createDirectories(arriving);
        Path file = arriving.resolve(UUID.randomUUID() + ".part");
        try {
            return write(body, file);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /// Refuses what says of itself that it is too long.
    public void requireAllowed(long bytes) {
        if (bytes > limit) {
            throw new WebApplicationException(
                    "The file is larger than %d bytes, the most that orrery.ingest.max-upload allows; send it in parts."
                            .formatted(limit),
                    Status.REQUEST_ENTITY_TOO_LARGE);
        }
    }

    /// Where a file with this digest is kept.
    public Path file(String digest) {
        return kept.resolve(digest.substring(0, 2)).resolve(digest + SUFFIX);
    }

    /// Whether the file is there, and is still what was received. Reads all of it.
    public boolean intact(String digest) throws IOException {
        try {
            return Sha256.of(file(digest)).equals(digest);
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    /// Removes a kept file.
    public void remove(String digest) throws IOException {
        Files.deleteIfExists(file(digest));
    }

    /// Hands over the digest of every kept file that was last received before then.
    public void keptBefore(Instant then, Consumer<String> old) throws IOException {
        forEachBefore(kept, then, file -> {
            String name = file.getFileName().toString();
            old.accept(name.substring(0, name.length() - SUFFIX.length()));
        });
    }

    /// Removes what began to arrive and was not written to since then: its sender or this service died.
    ///
    /// @return how many files
    public long removeAbandoned(Instant then) throws IOException {
        AtomicLong removed = new AtomicLong();
        forEachBefore(arriving, then, file -> removed.addAndGet(Files.deleteIfExists(file) ? 1 : 0));
        return removed.get();
    }

    private Upload write(InputStream body, Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            for (int read = read(body, buffer); read >= 0; read = read(body, buffer)) {
                bytes += read;
                requireAllowed(bytes);
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
            // Here and not only when it is kept, which happens while others wait.
            out.getFD().sync();
        } catch (IOException e) {
            if (Files.getFileStore(arriving).getUsableSpace() < BUFFER) {
                throw diskFull();
            }
            throw e;
        }
        String name = Sha256.hex(digest.digest());
        return new Upload(file, name, bytes, file(name));
    }

    /// What goes wrong here is the sender's or the network's; what goes wrong in writing is ours.
    private static int read(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new Invalid("The upload broke off before its end; send the file again.");
        }
    }

    private static WebApplicationException diskFull() {
        return new WebApplicationException(
                "There is no room left on this service's disk; nothing of the file was kept. Send it again once its"
                        + " operator has made room.",
                INSUFFICIENT_STORAGE);
    }

    private interface FileAction {
        void accept(Path file) throws IOException;
    }

    private static void forEachBefore(Path folder, Instant then, FileAction action) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(then)) {
                    action.accept(file);
                }
            }
        }
    }
}
