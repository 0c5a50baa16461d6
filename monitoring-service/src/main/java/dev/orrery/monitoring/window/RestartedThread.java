package dev.orrery.monitoring.window;

import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;

/// A stream thread that failed (a broker that was away for too long, say) is replaced: its transaction was aborted,
/// and the new one begins again where the last one committed.
@ApplicationScoped
class RestartedThread implements StreamsUncaughtExceptionHandler {

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        Log.error("The stream of predictions failed and begins again from its last commit", failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
