package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.cli.platform.PlatformState.Status;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerTest {

    private final Sleeper engine = new Sleeper();
    private final MutableClock clock = new MutableClock();
    private final Worker worker = new Worker(Part.INGEST, 8081, engine, Runnable::run, clock);

    @AfterEach
    void killWhatIsLeft() {
        engine.close();
    }

    @Test
    void a_part_is_up_once_it_says_that_it_is_ready() {
        worker.begin();
        clock.advance(Duration.ofMillis(1500));
        worker.tick();
        assertThat(worker.status()).isEqualTo(Status.STARTING);

        engine.ready = true;
        worker.tick();

        assertThat(worker.status()).isEqualTo(Status.UP);
        assertThat(worker.state().seconds()).isEqualTo(1.5);
        assertThat(worker.state().process().pid()).isEqualTo(engine.process.pid());
    }

    @Test
    void a_part_that_dies_is_started_again_after_a_pause_and_counted() {
        bringUp();
        engine.die();
        worker.tick();
        assertThat(worker.status()).isEqualTo(Status.RESTARTING);
        assertThat(worker.state().note()).isEqualTo("died, killed by the test");

        clock.advance(Duration.ofMillis(999));
        worker.tick();
        assertThat(engine.launches).isEqualTo(1);

        clock.advance(Duration.ofMillis(1));
        worker.tick();
        worker.tick();

        assertThat(worker.status()).isEqualTo(Status.UP);
        assertThat(worker.state().restarts()).isEqualTo(1);
        assertThat(worker.isHopeless()).isFalse();
    }

    @Test
    void the_pause_grows_while_a_part_keeps_dying_and_is_forgotten_once_it_has_lived() {
        bringUp();
        dieAndComeBack(Duration.ofSeconds(1));
        dieAndComeBack(Duration.ofSeconds(2));
        dieAndComeBack(Duration.ofSeconds(4));

        clock.advance(Duration.ofMinutes(3));

        dieAndComeBack(Duration.ofSeconds(1));
        assertThat(worker.state().restarts()).isEqualTo(4);
    }

    @Test
    void a_part_that_was_up_once_is_never_given_up() {
        bringUp();
        engine.ready = false;
        for (int i = 0; i < 10; i++) {
            engine.die();
            worker.tick();
            clock.advance(Duration.ofSeconds(30));
            worker.tick();
        }

        assertThat(worker.isHopeless()).isFalse();
        assertThat(engine.launches).isEqualTo(11);
    }

    @Test
    void a_part_that_dies_three_times_before_it_was_up_is_hopeless() {
        worker.begin();
        for (int i = 0; i < 2; i++) {
            engine.die();
            worker.tick();
            assertThat(worker.isHopeless()).isFalse();
            clock.advance(Duration.ofSeconds(30));
            worker.tick();
        }
        engine.die();
        worker.tick();

        assertThat(worker.isHopeless()).isTrue();
        assertThat(worker.state().note()).isEqualTo("did not start, killed by the test");
    }

    @Test
    void a_program_that_is_missing_is_told_in_its_own_words() {
        engine.broken = true;
        worker.begin();
        worker.tick();

        assertThat(worker.status()).isEqualTo(Status.RESTARTING);
        assertThat(worker.state().note()).isEqualTo("no such program");
    }

    @Test
    void a_part_that_is_not_ready_in_time_is_killed() {
        worker.begin();
        worker.tick();
        clock.advance(Duration.ofMinutes(6));
        worker.tick();

        assertThat(worker.state().note()).isEqualTo("was not ready after 300 s");
        assertThat(engine.process.onExit().join().isAlive()).isFalse();
    }

    @Test
    void stopping_ends_the_process_and_no_new_one_is_begun() {
        bringUp();
        worker.askToStop();
        worker.awaitStop(Duration.ofSeconds(10));
        worker.tick();

        assertThat(engine.process.isAlive()).isFalse();
        assertThat(worker.status()).isEqualTo(Status.STOPPED);
        assertThat(engine.launches).isEqualTo(1);
    }

    private void bringUp() {
        engine.ready = true;
        worker.begin();
        worker.tick();
        assertThat(worker.status()).isEqualTo(Status.UP);
    }

    private void dieAndComeBack(Duration pause) {
        engine.die();
        worker.tick();
        clock.advance(pause.minusMillis(1));
        worker.tick();
        assertThat(worker.status()).isEqualTo(Status.RESTARTING);
        clock.advance(Duration.ofMillis(1));
        worker.tick();
        worker.tick();
        assertThat(worker.status()).isEqualTo(Status.UP);
    }
}
