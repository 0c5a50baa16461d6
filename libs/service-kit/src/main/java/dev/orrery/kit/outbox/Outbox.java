package dev.orrery.kit.outbox;

import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/// The one way in which a service with a database tells anybody anything: the event is written with the change it
/// speaks of, and delivered after the commit, for certain, never less than once.
///
/// A service that has one says `orrery.outbox=true` and makes its table:
///
/// ```sql
/// CREATE TABLE outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, type text NOT NULL, data bytea NOT NULL);
/// ```
@IfBuildProperty(name = "orrery.outbox", stringValue = "true")
@Singleton
public class Outbox {

    /// Something was added; observers are told after the commit.
    record Added() {}

    private final DataSource database;
    private final jakarta.enterprise.event.Event<Added> added;

    Outbox(DataSource database, jakarta.enterprise.event.Event<Added> added) {
        this.database = database;
        this.added = added;
    }

    /// Adds an event to the caller's transaction. Its place in the order is given here: whoever holds the lock of what
    /// the event speaks of keeps the events of one key in order.
    @Transactional(TxType.MANDATORY)
    public void add(Event event) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO outbox (type, data) VALUES (?, ?)")) {
            insert.setString(1, event.type());
            insert.setBytes(2, EventCodec.data(event));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the outbox did not take a " + event.type(), e);
        }
        added.fire(new Added());
    }
}
