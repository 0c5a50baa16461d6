package dev.orrery.training.job;

import dev.orrery.training.TrainingConfig;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where a package lies until it is registered: one folder for each job under way. The parent is this instance's own.
@ApplicationScoped
class WorkFolders {

    private static final String PREFIX = "package-";

    private final Path parent;

    WorkFolders(TrainingConfig config) {
        this.parent = config.state();
    }

    Path create() throws IOException {
        Files.createDirectories(parent);
        return Files.createTempDirectory(parent, PREFIX);
    }

    /// Removes what a process left behind that was killed.
    void clear() {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (Stream<Path> folders = Files.list(parent)) {
            List<Path> left = folders.filter(
                            folder -> folder.getFileName().toString().startsWith(PREFIX))
                    .toList();
            left.forEach(this::delete);
            if (!left.isEmpty()) {
                Log.infof("Removed %d work folders that a killed process left behind", left.size());
            }
        } catch (IOException | UncheckedIOException e) {
            Log.warnf(e, "Work folders of a killed process could not be removed from %s", parent);
        }
    }

    void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
