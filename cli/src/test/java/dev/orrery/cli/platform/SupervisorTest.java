package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.cli.platform.PlatformState.Phase;
import dev.orrery.cli.platform.PlatformState.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    private static final List<Part> PARTS = List.of(Part.POSTGRES, Part.KAFKA, Part.INGEST, Part.REGISTRY);

    @TempDir
    private Path folder;

    private final MutableClock clock = new MutableClock();
    private final Map<Part, Sleeper> engines = new EnumMap<>(Part.class);
    private Home home;
    private Guard guard;
    private Supervisor supervisor;
    private Requests requests;

    @BeforeEach
    void start() {
        home = new Home(folder);
        requests = Requests.of(home);
        guard = new Guard();
        List<Worker> workers = PARTS.stream().map(this::worker).toList();
        supervisor = new Supervisor(home, workers, new Announcer(home, guard, state -> {}, clock));
        turn(4);
    }

    private Worker worker(Part part) {
        Sleeper engine = new Sleeper();
        engine.ready = true;
        engines.put(part, engine);
        return new Worker(part, part.defaultPort(), engine, Runnable::run, clock);
    }

    @AfterEach
    void stop() {
        supervisor.close();
        engines.values().forEach(Sleeper::close);
        guard.close();
    }

    @Test
    void all_parts_come_up_and_the_file_says_so() {
        assertThat(state().phase()).isEqualTo(Phase.RUNNING);
        assertThat(PARTS).allMatch(part -> status(part) == Status.UP);
    }

    @Test
    void one_that_dies_again_and_again_is_left_down_and_the_others_go_on() {
        for (int i = 0; i < Deaths.LIMIT; i++) {
            engines.get(Part.INGEST).die();
            turn(1);
            clock.advance(Duration.ofSeconds(30));
            turn(2);
        }

        assertThat(status(Part.INGEST)).isEqualTo(Status.DOWN);
        assertThat(state().child(Part.INGEST).note()).contains("./orrery restart data-ingest-service");
        assertThat(state().phase()).isEqualTo(Phase.RUNNING);
        assertThat(status(Part.REGISTRY)).isEqualTo(Status.UP);

        requests.restart(Part.INGEST);
        turn(4);

        assertThat(status(Part.INGEST)).isEqualTo(Status.UP);
    }

    @Test
    void a_service_is_held_as_long_as_its_holder_lives() throws IOException {
        Process holder = new ProcessBuilder("sleep", "600").start();
        requests.hold(Part.INGEST, ProcessId.of(holder.toHandle()));
        turn(1);
        engines.get(Part.INGEST).process.onExit().join();
        turn(2);
        assertThat(status(Part.INGEST)).isEqualTo(Status.HELD);
        assertThat(state().child(Part.INGEST).process()).isNull();

        holder.destroyForcibly().onExit().join();
        turn(4);

        assertThat(status(Part.INGEST)).isEqualTo(Status.UP);
        assertThat(engines.get(Part.REGISTRY).launches).isEqualTo(1);
    }

    @Test
    void a_restart_that_is_asked_for_ends_the_process_and_starts_another() {
        Process before = engines.get(Part.INGEST).process;
        requests.restart(Part.INGEST);
        turn(1);
        before.onExit().join();
        turn(4);

        assertThat(status(Part.INGEST)).isEqualTo(Status.UP);
        assertThat(engines.get(Part.INGEST).launches).isEqualTo(2);
        turn(4);
        assertThat(engines.get(Part.INGEST).launches).isEqualTo(2);
    }

    @Test
    void a_service_does_not_die_in_vain_while_the_database_is_away() {
        engines.get(Part.POSTGRES).die();
        engines.get(Part.POSTGRES).broken = true;
        engines.get(Part.INGEST).die();
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofSeconds(30));
            turn(2);
        }
        assertThat(status(Part.INGEST)).isEqualTo(Status.WAITING);

        engines.get(Part.POSTGRES).broken = false;
        clock.advance(Duration.ofSeconds(30));
        turn(4);

        assertThat(status(Part.INGEST)).isEqualTo(Status.UP);
    }

    @Test
    void a_state_that_cannot_be_written_for_a_while_stops_nothing() throws IOException {
        Path obstacle = folder.resolve("platform.json.new");
        Files.createDirectories(obstacle);
        engines.get(Part.INGEST).die();
        turn(1);
        assertThat(status(Part.INGEST)).isEqualTo(Status.UP);

        Files.delete(obstacle);
        turn(1);

        assertThat(status(Part.INGEST)).isEqualTo(Status.RESTARTING);
    }

    private void turn(int times) {
        for (int i = 0; i < times; i++) {
            supervisor.tick();
        }
    }

    private PlatformState state() {
        return PlatformState.read(home).orElseThrow();
    }

    private Status status(Part part) {
        return state().child(part).status();
    }
}
