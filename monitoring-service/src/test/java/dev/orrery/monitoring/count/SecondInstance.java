package dev.orrery.monitoring.count;

import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.kit.loop.BackgroundLoop;
import dev.orrery.kit.loop.ProcessEnd;
import dev.orrery.monitoring.reference.References;
import dev.orrery.monitoring.window.Windows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/// Another instance that counts beside the service's own, in the test's process.
@Singleton
public class SecondInstance {

    /// It counts until it is closed.
    public static final class Running implements AutoCloseable {
        private final Counting counting;
        private final BackgroundLoop loop;

        private Running(Counting counting, ProcessEnd end) {
            this.counting = counting;
            loop = new BackgroundLoop("second-counter", Duration.ZERO, counting::work, end::because).start();
        }

        /// How many partitions it reads now.
        public int partitions() {
            return counting.partitions();
        }

        @Override
        public void close() {
            loop.close();
            counting.close();
        }
    }

    private final KafkaClients clients;
    private final References references;
    private final Windows windows;
    private final Clock clock;
    private final ProcessEnd end;

    SecondInstance(KafkaClients clients, References references, Windows windows, Clock clock, ProcessEnd end) {
        this.clients = clients;
        this.references = references;
        this.windows = windows;
        this.clock = clock;
        this.end = end;
    }

    public Running start() {
        return new Running(new Counting(clients, references, windows, clock), end);
    }
}
