package dev.orrery.inference.endpoint;

import dev.orrery.inference.InferenceConfig;
import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// Threads that bring deployments into service. Downloads wait for others and loading keeps a processor busy, so each
/// has its own few: a slow download holds up no model that is here already, and many models do not take all memory at
/// once.
final class RolloutThreads {

    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(5);

    private final ExecutorService downloads;
    private final ExecutorService loads;
    private final ScheduledExecutorService later;
    private final BiConsumer<String, Throwable> onEnd;

    /// @param onEnd is told of an error that no other rollout would survive either
    RolloutThreads(InferenceConfig.RolloutConfig config, BiConsumer<String, Throwable> onEnd) {
        this.onEnd = onEnd;
        downloads = pool("rollout-download-", config.downloadsAtOnce());
        loads = pool("rollout-load-", config.loadsAtOnce());
        later = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("rollout-later").daemon().factory());
    }

    void download(Runnable work) {
        submit(downloads, work);
    }

    void downloadLater(Runnable work, Duration pause) {
        try {
            later.schedule(() -> download(work), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            Log.debug("The service stops; what was to be tried again is tried at its next start");
        }
    }

    void load(Runnable work) {
        submit(loads, work);
    }

    /// Lets loads under way end: what they use is about to be closed.
    void stop() {
        later.shutdownNow();
        downloads.shutdownNow();
        loads.shutdownNow();
        try {
            loads.awaitTermination(PATIENCE_AT_STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void submit(ExecutorService pool, Runnable work) {
        try {
            pool.execute(() -> run(work));
        } catch (RejectedExecutionException _) {
            Log.debug("The service stops; what was to be done is done at its next start");
        }
    }

    private void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            Log.error("A rollout failed in a way that nobody foresaw", e);
        } catch (Throwable e) {
            onEnd.accept("a rollout", e);
        }
    }

    private static ExecutorService pool(String name, int size) {
        return Executors.newFixedThreadPool(
                size, Thread.ofPlatform().name(name, 1).daemon().factory());
    }
}
