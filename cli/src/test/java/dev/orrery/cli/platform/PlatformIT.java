package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.cli.RunningPlatform;
import dev.orrery.cli.RunningPlatform.Outcome;
import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Status;
import dev.orrery.contracts.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void every_service_is_up_and_says_so() {
        RunningPlatform platform = RunningPlatform.shared();

        Outcome status = platform.orrery("status");

        assertThat(status.code()).as(status.output()).isZero();
        assertThat(platform.platform().state().parts())
                .hasSize(Part.values().length)
                .allMatch(child -> child.status() == Status.UP);
        assertThat(Part.services())
                .allMatch(part -> Health.isReady(platform.child(part).port()));
    }

    @Test
    void all_ports_are_of_the_loopback_address() throws IOException {
        RunningPlatform platform = RunningPlatform.shared();

        assertThat(Part.values()).allSatisfy(part -> {
            for (InetAddress address : addressesOfThisMachine()) {
                assertThat(accepts(address, platform.child(part).port()))
                        .as(part + " on " + address)
                        .isFalse();
            }
        });
    }

    @Test
    void a_second_up_is_told_that_it_is_running() {
        RunningPlatform platform = RunningPlatform.shared();

        Outcome second = platform.orrery("up", "--ports", "free");

        assertThat(second.code()).isEqualTo(1);
        assertThat(second.output()).contains("already running").contains("orrery status");
    }

    @Test
    void whatever_a_platform_leaves_in_its_folder_reset_wipes() throws IOException {
        try (Stream<Path> left = Files.list(RunningPlatform.shared().home().path())) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .contains("state", "kafka", "postgres", "secrets", "logs")
                    .allMatch(name -> ResetCommand.STATE.contains(name) || name.equals("lock"));
        }
    }

    @Test
    void reset_refuses_while_the_platform_runs() {
        Outcome reset = RunningPlatform.shared().orrery("reset", "--yes");

        assertThat(reset.code()).isEqualTo(1);
        assertThat(reset.output()).contains("is running").contains("orrery down");
    }

    @Test
    void a_killed_service_is_started_again_and_the_status_counts_it() {
        RunningPlatform platform = RunningPlatform.shared();
        Child before = platform.child(Part.INGEST);

        platform.kill(Part.INGEST);

        await().atMost(PATIENCE).untilAsserted(() -> {
            Child now = platform.child(Part.INGEST);
            assertThat(now.restarts()).isEqualTo(before.restarts() + 1);
            assertThat(now.status()).isEqualTo(Status.UP);
            assertThat(now.process()).isNotEqualTo(before.process());
        });
        assertThat(platform.orrery("status").output()).contains("died, killed by signal 9");
        assertThat(platform.orrery("logs", "platform").output())
                .contains("data-ingest-service")
                .contains("killed by signal 9; starting it again");
    }

    @Test
    void a_service_is_started_anew_by_hand_and_its_log_goes_on() throws IOException {
        RunningPlatform platform = RunningPlatform.shared();
        Child before = platform.child(Part.TRAINING);
        long starts = starts(platform, Part.TRAINING);

        Outcome restart = platform.orrery("restart", "training");

        assertThat(restart.code()).as(restart.output()).isZero();
        assertThat(restart.output()).contains("model-training-service is up again");
        assertThat(platform.child(Part.TRAINING).process()).isNotEqualTo(before.process());
        assertThat(platform.child(Part.TRAINING).restarts()).isEqualTo(before.restarts());
        assertThat(starts(platform, Part.TRAINING)).isEqualTo(starts + 1);
    }

    private static long starts(RunningPlatform platform, Part part) throws IOException {
        try (Stream<String> log = Files.lines(platform.home().logs().resolve(part.title() + ".log"))) {
            return log.filter(line -> line.startsWith("===") && line.endsWith("start"))
                    .count();
        }
    }

    @Test
    void a_killed_database_comes_back_with_the_services_working() {
        RunningPlatform platform = RunningPlatform.shared();
        Child before = platform.child(Part.POSTGRES);

        platform.kill(Part.POSTGRES);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(platform.child(Part.POSTGRES).restarts()).isEqualTo(before.restarts() + 1);
            assertThat(platform.orrery("status").code()).isZero();
        });
    }

    @Test
    void a_taken_port_is_an_error_that_names_its_holder_and_the_way_out() throws IOException {
        try (RunningPlatform platform = RunningPlatform.fresh();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Outcome up = platform.orrery("up", "--ports", "free", "--port", "registry=" + taken.getLocalPort());

            assertThat(up.code()).isEqualTo(1);
            assertThat(up.output())
                    .contains("port %d for model-registry-service is taken by process %d"
                            .formatted(
                                    taken.getLocalPort(),
                                    ProcessHandle.current().pid()))
                    .contains("--port-offset");
        }
    }

    @Test
    void data_survives_down_and_up_and_a_killed_supervisor_leaves_nothing_running() throws Exception {
        try (RunningPlatform platform = RunningPlatform.fresh()) {
            platform.up("--ports", "free", "--only", "ingest", "--partitions", "3");
            String[] again = again(platform.platform().state());
            writeMarks(platform);

            List<ProcessId> first = processes(platform);
            assertThat(platform.orrery("down").code()).isZero();
            assertThat(first).noneMatch(ProcessId::isAlive);

            platform.up(again);
            List<ProcessId> second = processes(platform);
            assertMarks(platform);
            platform.platform().state().supervisor().handle().orElseThrow().destroyForcibly();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(second).noneMatch(ProcessId::isAlive));
            assertOtherPartitionsAreRefused(platform);

            platform.up(again);
            assertMarks(platform);
            assertThat(partitions(platform, Topic.RECORDS_INGESTED)).isEqualTo(3);
        }
    }

    private static void assertOtherPartitionsAreRefused(RunningPlatform platform) {
        Outcome other = platform.orrery("up", "--no-recording", "--ports", "free", "--partitions", "5");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.output())
                .contains("the topics of rows have 3 partitions")
                .contains("./orrery reset");
    }

    private static int partitions(RunningPlatform platform, Topic topic) throws Exception {
        try (Admin admin = admin(platform)) {
            return admin.describeTopics(List.of(topic.title()))
                    .allTopicNames()
                    .get()
                    .get(topic.title())
                    .partitions()
                    .size();
        }
    }

    @Test
    void a_part_that_cannot_start_stops_all_and_shows_its_last_words(@TempDir Path folder) throws IOException {
        try (RunningPlatform platform = RunningPlatform.fresh()) {
            Files.createDirectories(platform.home().path());
            Files.writeString(platform.home().path().resolve("kafka"), "a file where a folder should be");

            Outcome up = platform.orrery("up", "--no-recording", "--ports", "free");

            assertThat(up.code()).isEqualTo(1);
            assertThat(up.output())
                    .contains("kafka does not start")
                    .contains(platform.home().logs() + "/kafka.log");
            assertThat(PlatformState.read(platform.home()).orElseThrow().parts())
                    .allMatch(
                            child -> child.process() == null || !child.process().isAlive());
        }
    }

    private static Set<InetAddress> addressesOfThisMachine() throws IOException {
        return Set.copyOf(
                Stream.of(InetAddress.getAllByName(InetAddress.getLocalHost().getHostName()))
                        .filter(address -> !address.isLoopbackAddress())
                        .toList());
    }

    private static boolean accepts(InetAddress address, int port) {
        try (java.net.Socket socket = new java.net.Socket()) {
            socket.connect(new java.net.InetSocketAddress(address, port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<ProcessId> processes(RunningPlatform platform) {
        PlatformState state = platform.platform().state();
        return Stream.concat(
                        Stream.of(state.supervisor(), state.guard()),
                        state.parts().stream().map(Child::process))
                .toList();
    }

    /// The same parts on the same ports.
    private static String[] again(PlatformState state) {
        return Stream.concat(
                        Stream.of("--only", "ingest"),
                        state.parts().stream()
                                .flatMap(child ->
                                        Stream.of("--port", child.part().title() + "=" + child.port())))
                .toArray(String[]::new);
    }

    private static void writeMarks(RunningPlatform platform)
            throws SQLException, InterruptedException, ExecutionException {
        try (Connection connection = connect(platform);
                Statement statement = connection.createStatement()) {
            statement.execute("create table mark (text text)");
            statement.execute("insert into mark values ('still here')");
        }
        try (Admin admin = admin(platform)) {
            admin.createTopics(List.of(new NewTopic("mark", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static void assertMarks(RunningPlatform platform)
            throws SQLException, InterruptedException, ExecutionException {
        try (Connection connection = connect(platform);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select text from mark")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("still here");
        }
        try (Admin admin = admin(platform)) {
            assertThat(admin.listTopics().names().get()).contains("mark");
        }
    }

    private static Connection connect(RunningPlatform platform) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/ingest"
                        .formatted(platform.child(Part.POSTGRES).port()),
                "orrery",
                Secrets.of(platform.home()).password());
    }

    private static Admin admin(RunningPlatform platform) {
        return Admin.create(Map.of("bootstrap.servers", platform.platform().bootstrapServers()));
    }
}
