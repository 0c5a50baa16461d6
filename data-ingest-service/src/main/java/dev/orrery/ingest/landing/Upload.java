package dev.orrery.ingest.landing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A file that arrived whole and is safe on disk, under a name of its own until it is kept. Closing an upload that was
/// not kept removes it, and can never touch a file that another batch uses.
///
/// @param digest SHA-256, hexadecimal
public record Upload(Path file, String digest, long bytes, Path place) implements AutoCloseable {

    /// Moves the file to its content address, over an equal one if there is one.
    public void keep() {
        try {
            Files.createDirectories(place.getParent());
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(place.getParent());
            sync(place.getParent().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("the file could not be kept at " + place, e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }

    /// A rename is durable once its folder is.
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
