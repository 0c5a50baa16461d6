package dev.orrery.monitoring.window;

import dev.orrery.kit.loop.BackOff;
import dev.orrery.kit.loop.ProcessEnd;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;

/// What becomes of the stream when its thread fails. After an exception (a broker that was away for too long, say) the
/// thread is replaced, ever more slowly: its transaction was aborted, and the new one begins again where the last one
/// committed. An [Error] ends the process.
@ApplicationScoped
class StreamFailures implements StreamsUncaughtExceptionHandler {

    /// Whoever ran for so long since its last failure is well again.
    static final Duration CONVALESCENCE = Duration.ofSeconds(15);

    private record Failure(Instant at, String reason) {}

    private final ProcessEnd end;
    private final Clock clock;
    private final BackOff backOff = new BackOff();
    private volatile Failure last;

    StreamFailures(ProcessEnd end, Clock clock) {
        this.end = end;
        this.clock = clock;
    }

    /// Why the stream failed lately; empty when it has been well for a while.
    Optional<String> lately() {
        Failure failure = last;
        return failure == null || clock.instant().isAfter(failure.at().plus(CONVALESCENCE))
                ? Optional.empty()
                : Optional.of(failure.reason());
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof Error)) {
            cause = cause.getCause();
        }
        if (cause instanceof Error) {
            end.because("the stream of predictions", cause);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        if (lately().isEmpty()) {
            backOff.reset();
        }
        Log.errorf(cause, "The stream of predictions failed and begins again from its last commit");
        last = new Failure(clock.instant(), String.valueOf(cause));
        return pause() ? StreamThreadExceptionResponse.REPLACE_THREAD : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /// @return false when it was interrupted: the service is being stopped
    private boolean pause() {
        try {
            Thread.sleep(backOff.next());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
