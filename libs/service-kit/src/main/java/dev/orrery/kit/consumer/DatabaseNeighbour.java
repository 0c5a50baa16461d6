package dev.orrery.kit.consumer;

import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/// The service's database, where it has one.
@IfBuildProperty(name = "quarkus.datasource.db-kind", stringValue = "postgresql")
@Singleton
class DatabaseNeighbour implements Neighbour {

    private static final int PATIENCE_SECONDS = 3;

    private final DataSource database;

    DatabaseNeighbour(DataSource database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "the database";
    }

    @Override
    public void ask() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(PATIENCE_SECONDS);
            statement.execute("SELECT 1");
        }
    }
}
