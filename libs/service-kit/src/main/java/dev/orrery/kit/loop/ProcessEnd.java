package dev.orrery.kit.loop;

import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The end of a process that cannot do its work any more. It says why, is no longer live for a moment, and halts, so
/// that its supervisor starts it anew. Staying would be worse: a process that answers and does nothing.
@Singleton
public class ProcessEnd {

    /// EX_SOFTWARE of sysexits.h: an internal error.
    private static final int STATUS = 70;

    private final boolean halts;
    private final Duration notice;
    private volatile String reason;

    ProcessEnd(
            @ConfigProperty(name = "orrery.process-end.halt", defaultValue = "true") boolean halts,
            @ConfigProperty(name = "orrery.process-end.notice", defaultValue = "1s") Duration notice) {
        this.halts = halts;
        this.notice = notice;
    }

    /// Ends the process, once, after a notice in which liveness tells the reason.
    ///
    /// @param who    cannot go on: a loop, a consumer
    /// @param reason what happened to it
    public synchronized void because(String who, Throwable reason) {
        Log.fatalf(reason, "%s cannot go on, so this process ends", who);
        if (this.reason != null) {
            return;
        }
        this.reason = "%s cannot go on: %s".formatted(who, reason);
        if (halts) {
            Thread.ofPlatform().name("process-end").daemon().start(this::halt);
        }
    }

    /// Why the process is about to end; empty while all is well.
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /// For tests that made it end, where the process stays.
    public void forget() {
        reason = null;
    }

    private void halt() {
        try {
            Thread.sleep(notice);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        // Not exit: shutdown hooks would wait for the very thing that cannot go on.
        Runtime.getRuntime().halt(STATUS);
    }
}
