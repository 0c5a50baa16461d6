package dev.orrery.cli.platform;

import dev.orrery.cli.platform.PlatformState.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/// One part under supervision: started, watched, made to start again after a growing pause when it dies or says that
/// it is not alive, and left down when it dies of the same thing again and again.
/// It never acts on its own; each step is one call of `tick`.
final class Worker {

    /// A part that has not been up yet is given this many chances.
    private static final int FIRST_ATTEMPTS = 3;

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    /// Having lived this long, a part's earlier deaths no longer lengthen the pause.
    private static final Duration HEALTHY = Duration.ofMinutes(2);

    /// What is held is asked to stop, and ended when it does not.
    private static final Duration HOLD_PATIENCE = Duration.ofSeconds(20);

    private final Part part;
    private final int port;
    private final Engine engine;
    private final Executor executor;
    private final Clock clock;
    private final Deaths deaths = new Deaths();

    private Start start;
    private Vitals vitals;
    private ProcessId process;
    private Status status = Status.WAITING;
    private Instant since;
    private Instant retryAt;
    private Double seconds;
    private String note;
    private String verdict;
    private boolean everUp;
    private boolean anew;
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
        return !everUp && deaths.inARow() >= FIRST_ATTEMPTS;
    }

    void begin() {
        become(Status.STARTING, note);
        process = null;
        verdict = null;
        start = new Start(engine, executor);
    }

    /// Looks at the part and does what is due. A part that is due to start waits to be begun.
    void tick() {
        switch (status) {
            case STARTING -> tickStarting();
            case UP -> tickUp();
            case RESTARTING -> {
                if (!clock.instant().isBefore(retryAt)) {
                    become(Status.WAITING, note);
                }
            }
            case HELD -> tickHeld();
            case WAITING, DOWN, STOPPED -> {}
        }
    }

    private void tickStarting() {
        if (!start.isOver()) {
            return;
        }
        try {
            process = process == null ? start.process() : process;
        } catch (CompletionException e) {
            failed(e.getCause().getMessage());
            return;
        }
        if (!process.isAlive()) {
            failed("did not start, " + engine.epitaph());
        } else if (engine.isReady()) {
            everUp = true;
            seconds = age().toMillis() / 1000.0;
            vitals = new Vitals(engine::vital, executor, clock);
            become(Status.UP, note);
        } else if (age().compareTo(START_LIMIT) > 0) {
            process.handle().ifPresent(ProcessHandle::destroyForcibly);
            failed("was not ready after %d s".formatted(START_LIMIT.toSeconds()));
        }
    }

    private void tickUp() {
        if (!process.isAlive()) {
            restarts++;
            if (age().compareTo(HEALTHY) > 0) {
                deaths.recovered();
            }
            failed(verdict == null ? "died, " + engine.epitaph() : verdict);
        } else if (verdict == null) {
            verdict = vitals.look().orElse(null);
            if (verdict != null) {
                process.handle().ifPresent(handle -> executor.execute(() -> engine.putDown(handle)));
            }
        }
    }

    private void failed(String reason) {
        deaths.add(clock.instant(), reason);
        retryAt = clock.instant().plus(deaths.pause());
        boolean given = deaths.tooMany();
        become(given ? Status.DOWN : Status.RESTARTING, given ? deaths.farewell(part) : reason);
    }

    private void tickHeld() {
        if (process != null && !process.isAlive()) {
            process = null;
        } else if (process != null && age().compareTo(HOLD_PATIENCE) > 0) {
            process.handle().ifPresent(ProcessHandle::destroyForcibly);
        }
        if (process == null && anew) {
            anew = false;
            deaths.forget();
            become(Status.WAITING, null);
        }
    }

    /// Stops the part, which stays stopped until it is released.
    void hold(String why) {
        askToStop();
        become(Status.HELD, why);
    }

    /// To be started again once it has stopped, as if nothing had happened to it before.
    void release() {
        anew = true;
    }

    /// Stops the part if it runs, and starts it again.
    void restart() {
        hold("restarted by hand");
        release();
    }

    private void become(Status next, String why) {
        status = next;
        note = why;
        since = clock.instant();
    }

    private Duration age() {
        return Duration.between(since, clock.instant());
    }

    /// Asks the part to stop, and begins no new start.
    void askToStop() {
        if (status == Status.STARTING) {
            process = start.await(START_LIMIT).orElse(process);
        }
        status = Status.STOPPED;
        if (process != null) {
            process.handle().ifPresent(engine::askToStop);
        }
    }

    /// Waits until the part is gone, and kills it when that takes too long.
    ///
    /// @return whether it ended by itself
    boolean awaitStop(Duration patience) {
        return process == null || process.awaitEnd(patience);
    }
}
