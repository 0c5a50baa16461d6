package dev.orrery.cli.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A process that cannot be mistaken for a later one that was given the same number.
public record ProcessId(long pid, Instant started) {

    /// Start times are computed from the boot time, which may move a little when the clock is set.
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    static ProcessId of(ProcessHandle process) {
        return new ProcessId(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    public boolean isAlive() {
        return handle().isPresent();
    }

    /// The running process, if it still is the one that was meant.
    public Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> !isZombie())
                .filter(process -> process.info()
                        .startInstant()
                        .map(instant -> Duration.between(instant, started).abs().compareTo(TOLERANCE) <= 0)
                        .orElse(true));
    }

    /// Waits until the process is gone, and kills it with all that it started when that takes too long.
    ///
    /// @return whether it ended by itself
    boolean awaitEnd(Duration patience) {
        handle().ifPresent(process -> process.onExit()
                .completeOnTimeout(process, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join());
        Optional<ProcessHandle> stubborn = handle();
        stubborn.ifPresent(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        return stubborn.isEmpty();
    }

    /// Dead but not yet collected by its parent, which in a container without an init process stays so for ever.
    private boolean isZombie() {
        try {
            String stat = Files.readString(Path.of("/proc/%d/stat".formatted(pid)));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false;
        }
    }
}
