package dev.orrery.kit.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Files that are either there whole, also after a power failure, or not at all.
public final class DurableFiles {

    private DurableFiles() {}

    /// Writes a file whole; one of the same name is replaced.
    public static void write(Path target, byte[] content) throws IOException {
        Path draft = Files.createTempFile(target.getParent(), "draft-", "");
        try {
            Files.write(draft, content);
            publish(draft, target);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /// Gives a finished file of the same file system its name; one of the same name is replaced.
    public static void publish(Path draft, Path target) throws IOException {
        force(draft);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(target.getParent());
    }

    /// Returns when the file's content is on the disk.
    public static void force(Path file) throws IOException {
        force(file, StandardOpenOption.WRITE);
    }

    /// Returns when the names in a folder are on the disk.
    public static void forceFolder(Path folder) throws IOException {
        force(folder, StandardOpenOption.READ);
    }

    private static void force(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }
}
