package dev.orrery.monitoring.window;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.AlertChanged;
import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.Role;
import dev.orrery.contracts.usecase.Monitor;
import dev.orrery.kit.loop.ProcessEnd;
import dev.orrery.monitoring.Endpoint;
import dev.orrery.monitoring.Registry;
import dev.orrery.monitoring.drift.World;
import dev.orrery.testing.MovableClock;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stream of its own beside the service's, which is stopped, started again and robbed of its state; the service draws
/// the conclusions from what it tells.
@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(Registry.class)
class WindowRestartConsumerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Monitor ENDLESS = new Monitor(new Monitor.Window(1_000_000, Duration.ofHours(1)), null);
    private static final Monitor SMALL =
            new Monitor(new Monitor.Window(100, Duration.ofHours(1)), new Monitor.Drift(50, null, null, null));

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    @Inject
    StreamFailures failures;

    @Inject
    ProcessEnd end;

    @Inject
    MovableClock clock;

    @TempDir
    Path disk;

    @TempDir
    Path newDisk;

    @Test
    void an_open_window_goes_on_after_a_restart_even_on_an_empty_disk() {
        Endpoint endpoint = new Endpoint("restarts");
        World world = new World(3);
        Series series = new Series("restarts", "restarts", 1, Role.CHAMPION);

        endpoint.predict(1, world, 60);
        Told before = run(disk, series, 60);
        endpoint.predict(1, world, 30);
        Told again = run(disk, series, 90);
        endpoint.predict(1, world, 10);
        Told elsewhere = run(newDisk, series, 100);

        OpenWindow window = elsewhere.progress.get(series).open();
        assertThat(window.predictions()).isEqualTo(100);
        assertThat(window.counts().scored()).isEqualTo(100);
        assertThat(window.number()).isEqualTo(1);
        assertThat(window.openedAt())
                .isEqualTo(before.progress.get(series).open().openedAt())
                .isEqualTo(again.progress.get(series).open().openedAt());
    }

    @Test
    void windows_after_a_lost_state_are_judged_and_open_alerts() throws Exception {
        Endpoint endpoint = leftToUs("amnesia");
        World world = new World(42);
        Told told = judging(world);

        endpoint.predict(1, world, 300);
        try (StreamInstance _ = stream(told, "amnesia", disk)) {
            endpoint.awaitWindows(3);
        }
        forgetChangelogs("amnesia");
        endpoint.predict(1, world.shift("number_2", 1.5), 300);
        try (StreamInstance _ = stream(told, "amnesia", newDisk)) {
            assertThat(opened("amnesia").columns()).containsExactly("number_2");
        }

        List<EvaluationClosed> windows = endpoint.awaitWindows(6);
        assertThat(windows).extracting(EvaluationClosed::window).containsExactly(1L, 2L, 3L, 1L, 2L, 3L);
        assertThat(windows.getLast().epoch()).isAfter(windows.getFirst().epoch());
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get("/v1/monitors/amnesia")
                        .then()
                        .body("versions[0].windows.window", equalTo(List.of(3, 2, 1, 3, 2, 1))));
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get("/q/metrics")
                        .then()
                        .body(containsString(
                                "orrery_monitor_epochs{endpoint=\"amnesia\",role=\"champion\",version=\"1\"} 2.0")));
    }

    @Test
    void windows_are_judged_when_changelogs_vanish_under_a_running_stream() throws Exception {
        Endpoint endpoint = leftToUs("robbery");
        World world = new World(43);
        Told told = judging(world);

        endpoint.predict(1, world, 300);
        try (StreamInstance _ = stream(told, "robbery", disk)) {
            endpoint.awaitWindows(3);
            forgetChangelogs("robbery");
            endpoint.predict(1, world.shift("number_2", 1.5), 400);

            assertThat(opened("robbery").columns()).containsExactly("number_2");
        }
    }

    @Test
    void when_an_instance_is_killed_another_goes_on_with_its_open_window() throws Exception {
        Endpoint endpoint = leftToUs("killed");
        World world = new World(44);
        Properties settings = StreamInstance.settings("windows-of-killed", disk.resolve("state"));
        Process killed = StreamProcess.start(settings, disk, "killed");
        endpoint.predict(1, world, 150);
        awaitWindows("killed", 1);
        killed.destroyForcibly().waitFor();

        try (StreamInstance _ = stream(StreamProcess.knowledge("killed"), "killed", newDisk)) {
            endpoint.predict(1, world, 50);

            assertThat(awaitWindows("killed", 2))
                    .extracting(EvaluationClosed::window)
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void a_backlog_on_all_partitions_ends_in_full_windows_that_hold_each_prediction_once() {
        Endpoint endpoint = leftToUs("backlog");
        World world = new World(45);
        Told told = judging(world);
        told.monitor = new Monitor(new Monitor.Window(500, Duration.ofHours(1)), null);
        Instant first = Instant.parse("2026-01-31T12:00:00Z");
        endpoint.predict(1, world, 4000, first, Duration.ofMillis(10));
        try (StreamInstance _ = stream(told, "backlog", disk)) {
            List<EvaluationClosed> windows = awaitWindows("backlog", 8);

            assertThat(windows).extracting(EvaluationClosed::window).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
            assertThat(windows).extracting(EvaluationClosed::predictions).containsOnly(500L);
            assertThat(windows).extracting(EvaluationClosed::from).contains(first);
            assertThat(windows).extracting(EvaluationClosed::to).contains(first.plusMillis(39_990));
        }
    }

    @Test
    void a_stream_that_failed_begins_again_and_readiness_tells_why() {
        assertThat(failures.handle(new StreamsException("the disk is full")))
                .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        when().get("/q/health/ready").then().statusCode(503).body(containsString("the disk is full"));

        clock.advance(StreamFailures.CONVALESCENCE.plusSeconds(1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
        clock.reset();
    }

    @Test
    void an_error_in_the_stream_ends_the_process_with_its_reason() {
        assertThat(failures.handle(new StreamsException(new OutOfMemoryError("no heap"))))
                .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);

        when().get("/q/health/live").then().statusCode(503).body(containsString("no heap"));
        end.forget();
    }

    /// Windows of this endpoint are closed by the test's stream: the service's own never fills one.
    private static Endpoint leftToUs(String name) {
        Endpoint endpoint = new Endpoint(name);
        endpoint.announce(1, ENDLESS.window().predictions(), ENDLESS.window().atMost());
        return endpoint;
    }

    private static List<EvaluationClosed> awaitWindows(String endpoint, int atLeast) {
        return await().atMost(PATIENCE)
                .until(
                        () -> Topics.present(
                                Topic.EVALUATIONS,
                                EvaluationClosed.class,
                                closed -> closed.endpoint().equals(endpoint)),
                        windows -> windows.size() >= atLeast);
    }

    private static Told judging(World world) {
        Told told = new Told();
        told.monitor = SMALL;
        told.reference = new Reference.Known(world.profile());
        return told;
    }

    private static AlertChanged opened(String endpoint) {
        return await().atMost(PATIENCE)
                .until(
                        () -> Topics.present(
                                Topic.ALERTS,
                                AlertChanged.class,
                                change -> change.endpoint().equals(endpoint)),
                        changes -> !changes.isEmpty())
                .getFirst();
    }

    private StreamInstance stream(Told told, String name, Path state) {
        return StreamInstance.start(told.only(name), "windows-of-" + name, state);
    }

    private void forgetChangelogs(String name) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            List<String> changelogs = admin.listTopics().names().get().stream()
                    .filter(topic -> topic.startsWith("windows-of-" + name) && topic.endsWith("-changelog"))
                    .toList();
            assertThat(changelogs).hasSize(3);
            admin.deleteTopics(changelogs).all().get();
        }
    }

    /// Runs the stream until so many predictions of the series were counted, and stops it.
    private Told run(Path state, Series series, int predictions) {
        Told told = new Told();
        told.monitor = ENDLESS;
        try (StreamInstance _ = StreamInstance.start(told, "windows-that-restart", state)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(told.progress)
                            .hasEntrySatisfying(
                                    series,
                                    progress ->
                                            assertThat(progress.predictions()).isEqualTo(predictions)));
        }
        return told;
    }
}
