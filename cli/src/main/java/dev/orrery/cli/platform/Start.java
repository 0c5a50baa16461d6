package dev.orrery.cli.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// A launch that is under way, or over.
final class Start {

    private final CompletableFuture<ProcessHandle> process;

    Start(Engine engine, Executor executor) {
        process = CompletableFuture.supplyAsync(() -> launch(engine), executor);
    }

    private static ProcessHandle launch(Engine engine) {
        try {
            return engine.launch();
        } catch (IOException e) {
            throw new UncheckedIOException(Reason.of(e), e);
        }
    }

    boolean isOver() {
        return process.isDone();
    }

    /// @throws java.util.concurrent.CompletionException with the reason as its cause when nothing was started
    ProcessId process() {
        return ProcessId.of(process.join());
    }

    /// Waits for a start that is under way, since a process that nobody knows cannot be stopped.
    Optional<ProcessId> await(Duration patience) {
        return Optional.ofNullable(process.exceptionally(e -> null)
                        .completeOnTimeout(null, patience.toSeconds(), TimeUnit.SECONDS)
                        .join())
                .map(ProcessId::of);
    }
}
