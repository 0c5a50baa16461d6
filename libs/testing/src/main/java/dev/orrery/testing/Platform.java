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
import java.util.stream.Stream;

/// A real broker with the platform's topics and a real database, under a service's tests:
/// `@QuarkusTestResource(Platform.class)`. Started once in a test run, on free ports, in a folder of their own.
public class Platform implements QuarkusTestResourceLifecycleManager {

    /// The secret for pseudonyms in tests; not a secret at all.
    public static final String SUBJECT_KEY = "b3JyZXJ5LXRlc3RzLW9ubHktc3ViamVjdC1rZXk=";

    private Path folder;
    private Broker broker;
    private EmbeddedPostgres database;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("orrery-test-");
            int port = Ports.free();
            broker = Broker.start(folder.resolve("kafka"), port, Ports.free());
            PlatformTopics.create("127.0.0.1:" + port, (short) 1);
            database = EmbeddedPostgres.builder().start();
            Topics.connect("127.0.0.1:" + port);
            return Map.ofEntries(
                    Map.entry("kafka.bootstrap.servers", "127.0.0.1:" + port),
                    Map.entry("quarkus.datasource.jdbc.url", database.getJdbcUrl("postgres", "postgres")),
                    Map.entry("quarkus.datasource.username", "postgres"),
                    Map.entry("quarkus.datasource.password", "postgres"),
                    Map.entry("orrery.subject-key", SUBJECT_KEY),
                    Map.entry("orrery.state", folder.resolve("state").toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("the test platform did not start", e);
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

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
