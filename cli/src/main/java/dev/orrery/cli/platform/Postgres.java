package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import dev.orrery.embedded.PostgresBinaries;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// PostgreSQL from the embedded binaries, with durable settings: what was committed survives the machine.
final class Postgres implements Engine {

    private static final String ADMINISTRATOR = "postgres";
    private static final String ROLE = "orrery";

    /// Durability is PostgreSQL's default, and said here so that nobody has to look it up.
    private static final String SETTINGS = """
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            max_connections = 80
            shared_buffers = 32MB
            max_wal_size = 256MB
            jit = off
            log_min_messages = warning
            log_line_prefix = '%t [%p] %d '
            """;

    private final Path binaries;
    private final Path data;
    private final Path log;
    private final int port;
    private final Secrets secrets;

    Postgres(Path binaries, Home home, int port, Secrets secrets) {
        this.binaries = binaries;
        this.data = home.state(Part.POSTGRES);
        this.log = home.log(Part.POSTGRES.title());
        this.port = port;
        this.secrets = secrets;
    }

    @Override
    public ProcessHandle launch() throws IOException {
        if (Files.notExists(binaries)) {
            PostgresBinaries.unpack(binaries);
        }
        LogFile.trim(log);
        LogFile.mark(log, "start");
        if (Files.notExists(data)) {
            initialise();
        }
        Files.writeString(data.resolve("orrery.conf"), SETTINGS + "port = %d\n".formatted(port));
        run("pg_ctl", "start", "-w", "-t", "60", "-s", "-D", data.toString(), "-l", log.toString());
        createDatabases();
        return server().orElseThrow(() -> new IOException(epitaph()));
    }

    /// In a folder beside the real one, so that a half-made cluster is never taken for a whole one.
    private void initialise() throws IOException {
        Path draft = data.resolveSibling("postgres.new");
        Folders.delete(draft);
        Path password = Files.createTempFile(log.getParent(), "initdb", "");
        try {
            Files.writeString(password, secrets.administrator());
            run(
                    "initdb",
                    "-D",
                    draft.toString(),
                    "-U",
                    ADMINISTRATOR,
                    "-A",
                    "scram-sha-256",
                    "--pwfile=" + password,
                    "-E",
                    "UTF8",
                    "--locale=C");
        } finally {
            Files.delete(password);
        }
        Files.writeString(draft.resolve("postgresql.conf"), "include = 'orrery.conf'\n", StandardOpenOption.APPEND);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwx------"));
        Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void createDatabases() throws IOException {
        String url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
        try (Connection connection = DriverManager.getConnection(url, ADMINISTRATOR, secrets.administrator());
                Statement statement = connection.createStatement()) {
            List<String> names =
                    namesOf(statement, "select rolname from pg_roles union select datname from pg_database");
            if (!names.contains(ROLE)) {
                statement.execute("create role %s login password '%s'".formatted(ROLE, secrets.password()));
            }
            for (String database : databases()) {
                if (!names.contains(database)) {
                    statement.execute("create database %s owner %s".formatted(database, ROLE));
                }
            }
        } catch (SQLException e) {
            throw new IOException("PostgreSQL does not let its owner in: " + e.getMessage(), e);
        }
    }

    private static List<String> databases() {
        return Arrays.stream(Part.values())
                .flatMap(part -> part.database().stream())
                .toList();
    }

    private static List<String> namesOf(Statement statement, String query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    @Override
    public boolean isReady() {
        return server().isPresent();
    }

    /// The postmaster names itself in its data folder. It is not our child: `pg_ctl` gives it a session of its own,
    /// so that a Ctrl-C in the terminal does not reach it.
    private Optional<ProcessHandle> server() {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public void askToStop(ProcessHandle process) {
        try {
            run("pg_ctl", "stop", "-m", "fast", "-W", "-s", "-D", data.toString());
        } catch (IOException e) {
            process.destroy();
        }
    }

    @Override
    public String epitaph() {
        return "see the end of " + log;
    }

    private void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (runsAsRoot()) {
            // PostgreSQL refuses root; in a user namespace of its own it does not see that it is root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(log.getParent(), program, ".out");
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("%s failed: %s\n%s"
                        .formatted(program, Files.readString(output).strip(), LogFile.tail(log, 10)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted while running " + program, e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static boolean runsAsRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
