package dev.orrery.ingest.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/// The right to publish a batch, which one publisher of all instances has at a time. It is a database session's
/// advisory lock: it ends with the session, so that the batch of a process that died is free at once.
/// Should a claim be lost unnoticed, Kafka's fencing keeps the rows exact; see [BatchTransactions].
final class Claim implements AutoCloseable {

    private final Connection connection;
    private final UUID batch;

    private Claim(Connection connection, UUID batch) {
        this.connection = connection;
        this.batch = batch;
    }

    /// The claim, or empty when somebody else has it.
    static Optional<Claim> on(UUID batch, DataSource database) throws SQLException {
        Connection connection = database.getConnection();
        boolean claimed = false;
        try {
            claimed = ask(connection, "select pg_try_advisory_lock(hashtextextended(?, 0))", batch);
            return claimed ? Optional.of(new Claim(connection, batch)) : Optional.empty();
        } finally {
            if (!claimed) {
                connection.close();
            }
        }
    }

    UUID batch() {
        return batch;
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            ask(connection, "select pg_advisory_unlock(hashtextextended(?, 0))", batch);
        }
    }

    private static boolean ask(Connection connection, String question, UUID batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, "batch:" + batch);
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }
}
