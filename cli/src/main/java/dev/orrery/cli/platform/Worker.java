package dev.orrery.cli.platform;

import dev.orrery.cli.platform.PlatformState.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// One part under supervision: started, watched, started again after a growing pause when it dies.
/// It never acts on its own; each step is one call of `tick`.
final class Worker {

    /// A part that has not been up yet is given this many chances.
    private static final int FIRST_ATTEMPTS = 3;

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    /// Having lived this long, a part's earlier deaths are forgotten.
    private static final Duration HEALTHY = Duration.ofMinutes(2);

    private final Part part;
    private final int port;
    private final Engine engine;
    private final Executor executor;
    private final Clock clock;

    private CompletableFuture<ProcessHandle> launch = new CompletableFuture<>();
    private ProcessId process;
    private Status status = Status.WAITING;
    private Instant since;
    private Instant retryAt;
    private Double seconds;
    private String note;
    private boolean everUp;
    private int failures;
    private int restarts;

    Worker(Part part, int port, Engine engine, Executor executor, Clock clock) {
        this.part = part;
        this.port = port;
        this.engine = engine;
        this.executor = executor;
        this.clock = clock;
    }

    Part part() {
        return part;
    }

    Status status() {
        return status;
    }

    PlatformState.Child state() {
        return new PlatformState.Child(part, status, since, port, process, seconds, restarts, note);
    }

    /// Died again and again before it was up even once; starting it further would not help.
    boolean isHopeless() {
        return !everUp && failures >= FIRST_ATTEMPTS;
    }

    void begin() {
        status = Status.STARTING;
        since = clock.instant();
        process = null;
        launch = CompletableFuture.supplyAsync(this::launch, executor);
    }

    private ProcessHandle launch() {
        try {
            return engine.launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /// Looks at the part and does what is due.
    void tick() {
        switch (status) {
            case STARTING -> tickStarting();
            case UP -> {
                if (!process.isAlive()) {
                    restarts++;
                    failures = age().compareTo(HEALTHY) > 0 ? 0 : failures;
                    failed("died, " + engine.epitaph());
                }
            }
            case RESTARTING -> {
                if (!clock.instant().isBefore(retryAt)) {
                    begin();
                }
            }
            case WAITING, STOPPED -> {}
        }
    }

    private void tickStarting() {
        if (!launch.isDone()) {
            return;
        }
        try {
            process = process == null ? ProcessId.of(launch.join()) : process;
        } catch (CompletionException e) {
            failed(e.getCause().getMessage());
            return;
        }
        if (!process.isAlive()) {
            failed("did not start, " + engine.epitaph());
        } else if (engine.isReady()) {
            status = Status.UP;
            everUp = true;
            seconds = age().toMillis() / 1000.0;
            since = clock.instant();
        } else if (age().compareTo(START_LIMIT) > 0) {
            process.handle().ifPresent(ProcessHandle::destroyForcibly);
            failed("was not ready after %d s".formatted(START_LIMIT.toSeconds()));
        }
    }

    private void failed(String reason) {
        failures++;
        note = reason;
        status = Status.RESTARTING;
        since = clock.instant();
        retryAt = clock.instant().plus(Backoff.STANDARD.after(failures));
    }

    private Duration age() {
        return Duration.between(since, clock.instant());
    }

    /// Asks the part to stop, and begins no new start.
    void askToStop() {
        ProcessHandle started = status == Status.STARTING ? launched() : null;
        if (started != null) {
            process = ProcessId.of(started);
        }
        status = Status.STOPPED;
        if (process != null) {
            process.handle().ifPresent(engine::askToStop);
        }
    }

    /// Waits for a start that is under way, since a process that nobody knows cannot be stopped.
    private ProcessHandle launched() {
        return launch.exceptionally(e -> null)
                .completeOnTimeout(null, START_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /// Waits until the part is gone, and kills it when that takes too long.
    ///
    /// @return whether it ended by itself
    boolean awaitStop(Duration patience) {
        Optional<ProcessHandle> running = process == null ? Optional.empty() : process.handle();
        running.ifPresent(handle -> handle.onExit()
                .completeOnTimeout(handle, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join());
        Optional<ProcessHandle> stubborn = running.filter(ProcessHandle::isAlive);
        stubborn.ifPresent(handle -> {
            handle.descendants().forEach(ProcessHandle::destroyForcibly);
            handle.destroyForcibly();
        });
        return stubborn.isEmpty();
    }
}
