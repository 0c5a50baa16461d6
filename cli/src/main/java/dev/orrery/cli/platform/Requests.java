package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// What other commands ask of a running supervisor, as files in the platform's folder: to start a part anew, or to
/// leave it stopped as long as the one who asked is there.
record Requests(Path folder) {

    static Requests of(Home home) {
        return new Requests(home.path().resolve("requests"));
    }

    /// Asks to leave a part stopped until it is released or the holder has ended, in whichever way.
    void hold(Part part, ProcessId holder) {
        write(held(part), Json.bytes(holder));
    }

    void release(Part part) {
        delete(held(part));
    }

    /// The living process that a part is held for.
    Optional<ProcessId> holder(Part part) {
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(held(part)), ProcessId.class))
                    .filter(ProcessId::isAlive);
        } catch (IOException e) {
            // Nobody asks, or nobody who could be known.
            return Optional.empty();
        }
    }

    void restart(Part part) {
        write(anew(part), new byte[0]);
    }

    /// Whether a part is to be started anew; asked once, answered once.
    boolean takeRestart(Part part) {
        return Files.exists(anew(part)) && delete(anew(part));
    }

    private Path held(Part part) {
        return folder.resolve(part.title() + ".hold");
    }

    private Path anew(Part part) {
        return folder.resolve(part.title() + ".restart");
    }

    /// At once or not at all, since the supervisor may look at any moment.
    private void write(Path file, byte[] content) {
        try {
            Files.createDirectories(folder);
            Path draft = folder.resolve(file.getFileName() + ".new");
            Files.write(draft, content);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure("cannot ask the supervisor through %s: %s".formatted(folder, Reason.of(e)), e);
        }
    }

    private boolean delete(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Failure("cannot delete %s: %s".formatted(file, Reason.of(e)), e);
        }
    }
}
