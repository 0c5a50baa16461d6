package dev.orrery.ingest.landing;

import dev.orrery.kit.file.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that arrived whole, under a name of its own until it is kept. Closing an upload that was not kept removes it,
/// and can never touch a file that another batch uses.
///
/// @param digest SHA-256, hexadecimal
public record Upload(Path file, String digest, long bytes, Path place) implements AutoCloseable {

    /// Moves the file to its content address, over an equal one if there is one, and returns once it is safe there.
    public void keep() {
        try {
            Path folder = place.getParent();
            Files.createDirectories(folder);
            DurableFiles.publish(file, place);
            DurableFiles.forceFolder(folder.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("the file could not be kept at " + place, e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
