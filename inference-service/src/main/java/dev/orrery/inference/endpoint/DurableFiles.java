package dev.orrery.inference.endpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Files that are either there whole, also after a power failure, or not at all.
final class DurableFiles {

    private DurableFiles() {}

    static void write(Path target, byte[] content) throws IOException {
        Path draft = Files.createTempFile(target.getParent(), "draft-", "");
        try {
            Files.write(draft, content);
            publish(draft, target);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /// Gives a finished file of the same folder its name.
    static void publish(Path draft, Path target) throws IOException {
        force(draft, StandardOpenOption.WRITE);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(target.getParent(), StandardOpenOption.READ);
    }

    private static void force(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }
}
