package dev.orrery.validation;

import dev.orrery.kit.file.DurableFiles;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// Who this instance is, also after a restart. Kafka then knows the restarted one at once: it takes its
/// partitions back without waiting for a session to run out, and ends the transaction that a crash left open.
@Singleton
public class Instance {

    private final String id;

    @Inject
    Instance(ValidationConfig config) {
        this(config.state());
    }

    /// @param state the instance's own folder
    Instance(Path state) {
        Path file = state.resolve("instance-id");
        try {
            if (Files.notExists(file)) {
                Files.createDirectories(state);
                DurableFiles.write(file, UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
            }
            id = Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep this instance's name in " + file, e);
        }
    }

    public String id() {
        return id;
    }
}
