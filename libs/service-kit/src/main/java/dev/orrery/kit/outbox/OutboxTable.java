package dev.orrery.kit.outbox;

import dev.orrery.contracts.event.Event;
import dev.orrery.contracts.event.EventCodec;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// The table of events that wait, in one transaction.
final class OutboxTable {

    private static final int PAGE = 100;
    private static final long LOCK = 0x4f7272657279L;

    private final Connection connection;

    OutboxTable(Connection connection) {
        this.connection = connection;
    }

    /// An event that waits.
    record Entry(long id, String type, byte[] data) {

        Event event() {
            return EventCodec.decode(new RecordHeaders().add("ce_type", type.getBytes(StandardCharsets.UTF_8)), data);
        }
    }

    /// Takes the relay's lock until the transaction ends, also by a crash; or says that another holds it.
    boolean tryLock() throws SQLException {
        return number("SELECT pg_try_advisory_xact_lock(" + LOCK + ")::int") == 1;
    }

    long count() throws SQLException {
        return number("SELECT count(*) FROM outbox");
    }

    /// Up to a page of those that wait longest.
    List<Entry> oldest() throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT id, type, data FROM outbox ORDER BY id LIMIT " + PAGE)) {
            while (rows.next()) {
                entries.add(new Entry(rows.getLong(1), rows.getString(2), rows.getBytes(3)));
            }
        }
        return entries;
    }

    void delete(Entry entry) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM outbox WHERE id = ?")) {
            delete.setLong(1, entry.id());
            delete.executeUpdate();
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
