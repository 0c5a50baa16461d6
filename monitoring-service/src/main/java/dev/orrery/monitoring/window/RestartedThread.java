package dev.orrery.monitoring.window;

import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;

/// A stream thread that failed (a broker that was away for too long, say) is replaced: its transaction was aborted,
/// and the new one begins again where the last one committed.
@ApplicationScoped
class RestartedThread implements StreamsUncaughtExceptionHandler {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        Log.errorf(cause, "The stream of predictions failed and begins again from its last commit");
        LockSupport.parkNanos(PAUSE_NANOS);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
