package dev.orrery.kit.loop;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/// All background work of a service, started here and stopped here, the last one first.
@Singleton
public class Loops {

    private final List<BackgroundLoop> loops = new CopyOnWriteArrayList<>();
    private final ProcessEnd end;

    Loops(ProcessEnd end) {
        this.end = end;
    }

    /// Starts a loop that lives as long as the service, unless it is closed before.
    ///
    /// @param name  of the thread, and in the log: `outbox-relay`
    /// @param pause how long to rest when there is nothing to do and nobody nudges
    /// @param work  does what is due, and says whether there may be more
    public BackgroundLoop start(String name, Duration pause, BooleanSupplier work) {
        BackgroundLoop loop = new BackgroundLoop(name, pause, work, end::because);
        loops.add(loop);
        return loop.start();
    }

    /// Those that have not been stopped.
    List<BackgroundLoop> all() {
        loops.removeIf(BackgroundLoop::isStopping);
        return loops;
    }

    void stop(@Observes ShutdownEvent event) {
        loops.reversed().forEach(BackgroundLoop::close);
    }
}
