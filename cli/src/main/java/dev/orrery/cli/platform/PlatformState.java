package dev.orrery.cli.platform;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.cli.Failure;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the supervisor says about itself and its children, in `platform.json`, for every other command to read.
///
/// @param activity what it does before the first part starts
/// @param problem why it failed, once it has
/// @param guard stops the children should the supervisor be killed
public record PlatformState(
        Phase phase,
        ProcessId supervisor,
        ProcessId guard,
        Instant since,
        String activity,
        String problem,
        List<Child> parts) {

    /// Where the platform as a whole is in its life.
    public enum Phase {
        @JsonProperty("starting")
        STARTING,
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("stopping")
        STOPPING,
        @JsonProperty("stopped")
        STOPPED,
        @JsonProperty("failed")
        FAILED
    }

    /// Where one part is in its life.
    public enum Status {
        @JsonProperty("waiting")
        WAITING,
        @JsonProperty("starting")
        STARTING,
        @JsonProperty("up")
        UP,
        /// It died, and is started again after a pause.
        @JsonProperty("restarting")
        RESTARTING,
        /// Stopped on purpose while something else takes its place.
        @JsonProperty("held")
        HELD,
        /// Died of the same thing too often, and is not started again.
        @JsonProperty("down")
        DOWN,
        @JsonProperty("stopped")
        STOPPED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One part.
    ///
    /// @param since when it came into this status
    /// @param seconds how long its last start took
    /// @param note what happened to it last, in words
    public record Child(
            Part part,
            Status status,
            Instant since,
            int port,
            ProcessId process,
            Double seconds,
            int restarts,
            String note) {}

    public Child child(Part part) {
        return parts.stream()
                .filter(child -> child.part() == part)
                .findFirst()
                .orElseThrow(() -> new Failure("this platform has no " + part.title()));
    }

    /// Whether its supervisor is alive, whatever the file says.
    boolean isSupervised() {
        return supervisor.isAlive();
    }

    static Optional<PlatformState> read(Home home) {
        Path file = home.platformFile();
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), PlatformState.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new Failure("%s is not readable (%s); if nothing runs, delete it".formatted(file, Reason.of(e)), e);
        }
    }

    void write(Home home) {
        try {
            Path draft = home.path().resolve("platform.json.new");
            Files.write(draft, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
            Files.move(draft, home.platformFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure("cannot write %s: %s".formatted(home.platformFile(), Reason.of(e)), e);
        }
    }
}
