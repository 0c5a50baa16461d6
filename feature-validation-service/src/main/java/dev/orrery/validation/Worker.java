package dev.orrery.validation;

import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A thread that works whenever somebody nudges it, and looks for work by itself now and then, because a nudge
/// may have been given to another instance or to a process that has died since.
public final class Worker implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String name;
    private final BooleanSupplier work;
    private final Semaphore nudges = new Semaphore(0);
    private volatile boolean running;
    private Thread thread;

    /// @param work does what is due, and says whether there may be more
    public Worker(String name, BooleanSupplier work) {
        this.name = name;
        this.work = work;
    }

    /// Begins to work.
    public synchronized void start() {
        running = true;
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /// There is work.
    public void nudge() {
        nudges.release();
    }

    /// Ends what is under way and works no more.
    @Override
    public synchronized void close() {
        running = false;
        nudge();
        try {
            if (thread != null) {
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            try {
                while (running && work.getAsBoolean()) {
                    // There was work, so there may be more.
                }
            } catch (RuntimeException e) {
                Log.warnf(e, "%s failed and will try again", name);
            }
            await();
        }
    }

    private void await() {
        try {
            if (nudges.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                nudges.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
