package dev.orrery.inference;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// This instance's files, and nobody else's: two writers of one spool would each lose what the other wrote. The lock
/// ends with the process, however that ends.
@Singleton
public class StateFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;

    /// @throws IllegalStateException when another process has the folder
    public StateFolder(InferenceConfig config) throws IOException {
        path = Files.createDirectories(config.state());
        Path file = path.resolve("lock");
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (lock() == null) {
            String owner = Files.readString(file, StandardCharsets.UTF_8);
            channel.close();
            throw new IllegalStateException(
                    "process %s uses the state folder %s; every instance needs its own: set ORRERY_STATE"
                            .formatted(owner.isBlank() ? "(unknown)" : owner, path.toAbsolutePath()));
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
    }

    public Path path() {
        return path;
    }

    @Override
    @PreDestroy
    public void close() throws IOException {
        channel.close();
    }

    private FileLock lock() throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }
}
