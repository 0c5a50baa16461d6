package dev.orrery.monitoring;

import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Small work that is done again and again. A failure is told once, until it works again.
public final class Ticker implements AutoCloseable {

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("ticker").factory());
    private final String what;
    private final Runnable work;
    private boolean failing;

    private Ticker(String what, Runnable work) {
        this.what = what;
        this.work = work;
    }

    /// Starts at once.
    public static Ticker every(Duration pause, String what, Runnable work) {
        Ticker ticker = new Ticker(what, work);
        ticker.executor.scheduleWithFixedDelay(ticker::tick, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
        return ticker;
    }

    /// Waits for what is being done now.
    @Override
    public void close() {
        executor.close();
    }

    private void tick() {
        try {
            work.run();
            if (failing) {
                Log.infof("%s works again", what);
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                Log.warnf("%s failed and will be tried again: %s", what, e.getMessage());
            }
            failing = true;
        }
    }
}
