package dev.orrery.kit.loop;

import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/// A thread that works whenever somebody nudges it, and looks for work by itself now and then, because a nudge may have
/// been given to another instance, or to a process that has died since.
///
/// It survives every exception: the first of a row is told, then it tries again, ever more seldom. An [Error] it does
/// not survive, and says so.
public final class BackgroundLoop implements AutoCloseable {

    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(10);

    private final String name;
    private final Duration pause;
    private final BooleanSupplier work;
    private final BiConsumer<String, Throwable> onEnd;
    private final BackOff backOff = new BackOff();
    private final Semaphore nudges = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;
    private volatile String failure;

    /// @param name  of the thread, and in the log: `outbox-relay`
    /// @param pause how long to rest when there is nothing to do and nobody nudges
    /// @param work  does what is due, and says whether there may be more
    /// @param onEnd is given the loop's name and the error that ended it
    public BackgroundLoop(String name, Duration pause, BooleanSupplier work, BiConsumer<String, Throwable> onEnd) {
        this.name = name;
        this.pause = pause;
        this.work = work;
        this.onEnd = onEnd;
        // A platform thread: work may keep a processor busy, or hold a lock while it waits.
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /// Begins to work; once.
    public BackgroundLoop start() {
        thread.start();
        return this;
    }

    /// There is work.
    public void nudge() {
        nudges.release();
    }

    public String name() {
        return name;
    }

    /// Whether the thread is there.
    public boolean isAlive() {
        return thread.isAlive();
    }

    /// Whether it has been asked to stop: work that takes long looks now and then.
    public boolean isStopping() {
        return stopping;
    }

    /// Why the last attempt failed; empty when it went well.
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /// Lets what is under way end, at most ten seconds, and works no more.
    @Override
    public void close() {
        stopping = true;
        nudge();
        try {
            thread.join(PATIENCE_AT_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                boolean more = attempt();
                if (!more) {
                    await(failure == null ? pause : backOff.next());
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            onEnd.accept(name, e);
        }
    }

    private boolean attempt() {
        try {
            boolean more = work.getAsBoolean();
            if (failure != null) {
                Log.infof("%s works again", name);
            }
            failure = null;
            backOff.reset();
            return more;
        } catch (RuntimeException e) {
            if (failure == null && !stopping) {
                Log.warnf(e, "%s failed and will try again", name);
            }
            failure = String.valueOf(e.getMessage());
            return false;
        }
    }

    /// A nudge ends a rest, but not the pause after a failure: what failed would only fail again.
    private void await(Duration time) throws InterruptedException {
        if (failure != null) {
            long until = System.nanoTime() + time.toNanos();
            while (!stopping && System.nanoTime() < until) {
                nudges.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } else {
            nudges.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
        }
        nudges.drainPermits();
    }
}
