package dev.orrery.validation;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// Who this instance is, also after a restart. Kafka then knows the restarted one at once: it takes its
/// partitions back without waiting for a session to run out, and ends the transaction that a crash left open.
@Singleton
public class Instance {

    private final String id;

    Instance(ValidationConfig config) {
        Path file = config.state().resolve("instance-id");
        try {
            if (Files.notExists(file)) {
                Files.createDirectories(config.state());
                Path fresh = Files.createTempFile(config.state(), "instance-id", null);
                Files.writeString(fresh, UUID.randomUUID().toString());
                Files.move(fresh, file);
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
