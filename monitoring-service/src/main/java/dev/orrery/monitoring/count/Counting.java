package dev.orrery.monitoring.count;

import dev.orrery.contracts.Topic;
import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.kit.loop.BackgroundLoop;
import dev.orrery.kit.loop.Loops;
import dev.orrery.monitoring.reference.References;
import dev.orrery.monitoring.window.Windows;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// Counts predictions as long as the service runs: after a failure anew from what is durable, ever more slowly.
@ApplicationScoped
class Counting {

    static final String GROUP = "monitoring-service." + Topic.PREDICTIONS.title();

    private final KafkaClients clients;
    private final References references;
    private final Windows windows;
    private final Clock clock;
    private BackgroundLoop loop;
    private volatile PredictionCounter counter;

    Counting(KafkaClients clients, References references, Windows windows, Clock clock) {
        this.clients = clients;
        this.references = references;
        this.windows = windows;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event, Loops loops) {
        loop = loops.start("prediction-counter", Duration.ZERO, this::work);
    }

    /// After the loop has stopped.
    void stop(@Observes @Priority(Integer.MAX_VALUE - 1) ShutdownEvent event) {
        close();
    }

    /// Why nothing is counted; empty when it is.
    Optional<String> waitsFor() {
        return loop.failure().isPresent() || partitions() >= 0
                ? loop.failure()
                : Optional.of("has no part of the partitions yet");
    }

    /// How many partitions this instance reads; -1 before any were given out.
    int partitions() {
        PredictionCounter current = counter;
        return current == null ? -1 : current.partitions();
    }

    /// @return true: there is always more
    boolean work() {
        try {
            if (counter == null) {
                counter = new PredictionCounter(GROUP, clients, references, windows, clock);
            }
            counter.step();
            return true;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    void close() {
        PredictionCounter current = counter;
        counter = null;
        if (current != null) {
            current.close();
        }
    }
}
