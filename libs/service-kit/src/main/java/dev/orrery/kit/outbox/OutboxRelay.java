package dev.orrery.kit.outbox;

import dev.orrery.kit.kafka.KafkaClients;
import dev.orrery.kit.loop.BackgroundLoop;
import dev.orrery.kit.loop.Loops;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/// Takes events from the outbox to their topics, oldest first, each only after the broker has the one before. A
/// database lock lets one instance at a time do so. What the broker does not take stays, and is tried again.
@IfBuildProperty(name = "orrery.outbox", stringValue = "true")
@Singleton
class OutboxRelay {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final DataSource database;
    private final KafkaClients clients;
    private final AtomicLong pending = new AtomicLong();
    private BackgroundLoop loop;

    OutboxRelay(DataSource database, KafkaClients clients, MeterRegistry meters) {
        this.database = database;
        this.clients = clients;
        Gauge.builder("orrery.outbox.pending", pending, AtomicLong::get)
                .description("Events that are decided and not yet told")
                .register(meters);
    }

    void start(@Observes StartupEvent event, Loops loops) {
        loop = loops.start("outbox-relay", LOOK_AGAIN, this::relay);
    }

    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Outbox.Added added) {
        if (loop != null) {
            loop.nudge();
        }
    }

    /// Delivers up to a page of events.
    ///
    /// @return whether there may be more
    boolean relay() {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                return relay(new OutboxTable(connection));
            } finally {
                // What was delivered is removed, also when a later one failed.
                connection.commit();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the outbox cannot be read: " + e.getMessage(), e);
        }
    }

    private boolean relay(OutboxTable table) throws SQLException {
        if (!table.tryLock()) {
            return false;
        }
        List<OutboxTable.Entry> due = table.oldest();
        pending.set(table.count());
        for (OutboxTable.Entry entry : due) {
            clients.publish(entry.event());
            table.delete(entry);
            pending.decrementAndGet();
        }
        return !due.isEmpty();
    }
}
