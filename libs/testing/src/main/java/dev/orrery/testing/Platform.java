package dev.orrery.testing;

import dev.orrery.embedded.Broker;
import dev.orrery.embedded.PlatformTopics;
import dev.orrery.embedded.Ports;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// A real broker with the platform's topics and a real database, under a service's tests:
/// `@QuarkusTestResource(Platform.class)`. Started once in a test run, on free ports, in a folder of their own.
public class Platform implements QuarkusTestResourceLifecycleManager {

    /// The secret for pseudonyms in tests; not a secret at all.
    public static final String SUBJECT_KEY = "b3JyZXJ5LXRlc3RzLW9ubHktc3ViamVjdC1rZXk=";

    private static Platform running;

    private Path folder;
    private Broker broker;
    private int brokerPort;
    private int controllerPort;
    private EmbeddedPostgres database;
    private int databasePort;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("orrery-test-");
            brokerPort = Ports.free();
            controllerPort = Ports.free();
            databasePort = Ports.free();
            broker = startBroker();
            PlatformTopics.create("127.0.0.1:" + brokerPort, OptionalInt.empty(), (short) 1);
            database = startDatabase();
            Topics.connect("127.0.0.1:" + brokerPort);
            running = this;
            return Map.ofEntries(
                    Map.entry("kafka.bootstrap.servers", "127.0.0.1:" + brokerPort),
                    Map.entry("quarkus.datasource.jdbc.url", database.getJdbcUrl("postgres", "postgres")),
                    Map.entry("quarkus.datasource.username", "postgres"),
                    Map.entry("quarkus.datasource.password", "postgres"),
                    Map.entry("orrery.subject-key", SUBJECT_KEY),
                    Map.entry("orrery.grpc.port", String.valueOf(Ports.free())),
                    // A test sees why a process would end; the process of the tests stays.
                    Map.entry("orrery.process-end.halt", "false"),
                    Map.entry("orrery.state", folder.resolve("state").toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("the test platform did not start", e);
        }
    }

    /// Stops the database, does something, and starts it again with all it had. Connections break, as in an outage.
    public static void withoutDatabase(Runnable meanwhile) {
        try {
            running.database.close();
            try {
                meanwhile.run();
            } finally {
                running.database = running.startDatabase();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the test database did not come back", e);
        }
    }

    /// Stops the broker, does something, and starts it again with all it had.
    public static void withoutBroker(Runnable meanwhile) {
        try {
            running.broker.close();
            try {
                meanwhile.run();
            } finally {
                running.broker = running.startBroker();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the test broker did not come back", e);
        }
    }

    @Override
    public void stop() {
        try {
            Topics.disconnect();
            if (broker != null) {
                broker.close();
            }
            if (database != null) {
                database.close();
            }
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the test platform did not stop", e);
        }
    }

    private Broker startBroker() throws IOException {
        return Broker.start(folder.resolve("kafka"), brokerPort, controllerPort);
    }

    private EmbeddedPostgres startDatabase() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(databasePort)
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false)
                .start();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
