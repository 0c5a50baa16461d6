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
        turn();
        assertThat(engine.launches).isEqualTo(1);

        clock.advance(Duration.ofMillis(1));
        turn();
        turn();

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
    void a_part_that_dies_of_the_same_thing_again_and_again_is_left_down_with_the_way_out() {
        bringUp();
        for (int i = 1; i < Deaths.LIMIT; i++) {
            dieAndComeBack(Backoff.STANDARD.after(i));
        }
        engine.die();
        turn();

        assertThat(worker.status()).isEqualTo(Status.DOWN);
        assertThat(worker.state().note())
                .isEqualTo("died, killed by the test, 6 times within 31 s; left down. "
                        + "When its log has told why and that is mended: ./orrery restart data-ingest-service");
        clock.advance(Duration.ofHours(1));
        turn();
        assertThat(worker.status()).isEqualTo(Status.DOWN);
        assertThat(engine.launches).isEqualTo(Deaths.LIMIT);
    }

    @Test
    void a_part_that_dies_of_one_thing_and_another_is_started_again_each_time() {
        bringUp();
        for (int i = 1; i <= 3 * Deaths.LIMIT; i++) {
            engine.epitaph = "the " + i + "th thing";
            dieAndComeBack(Backoff.STANDARD.after(i));
        }

        assertThat(worker.status()).isEqualTo(Status.UP);
    }

    @Test
    void a_part_that_dies_now_and_then_is_never_left_down() {
        bringUp();
        for (int i = 1; i <= 3 * Deaths.LIMIT; i++) {
            clock.advance(Duration.ofMinutes(3));
            dieAndComeBack(Duration.ofSeconds(1));
        }

        assertThat(worker.status()).isEqualTo(Status.UP);
    }

    @Test
    void what_was_left_down_comes_back_when_asked_and_its_deaths_are_forgotten() {
        bringUp();
        for (int i = 1; i < Deaths.LIMIT; i++) {
            dieAndComeBack(Backoff.STANDARD.after(i));
        }
        engine.die();
        turn();

        worker.restart();
        turn();
        turn();

        assertThat(worker.status()).isEqualTo(Status.UP);
        assertThat(worker.state().note()).isNull();
        dieAndComeBack(Duration.ofSeconds(1));
    }

    @Test
    void a_part_that_says_it_is_not_alive_is_ended_and_started_again_with_its_reason() {
        bringUp();
        engine.vital = new Health.Answer(false, true, "outbox: the loop has ended, no space left on device");
        askVitals(Vitals.REFUSALS - 1);
        assertThat(engine.process.isAlive()).isTrue();

        askVitals(1);
        engine.process.onExit().join();
        turn();

        assertThat(worker.status()).isEqualTo(Status.RESTARTING);
        assertThat(worker.state().note())
                .isEqualTo("was not live: outbox: the loop has ended, no space left on device");
        assertThat(worker.state().restarts()).isEqualTo(1);
        engine.vital = Health.Answer.WELL;
        clock.advance(Duration.ofSeconds(1));
        turn();
        turn();
        assertThat(worker.status()).isEqualTo(Status.UP);
    }

    @Test
    void a_part_that_does_not_answer_is_ended_after_longer() {
        bringUp();
        engine.vital = Health.Answer.SILENT;
        askVitals(Vitals.SILENCES - 1);
        assertThat(engine.process.isAlive()).isTrue();

        askVitals(1);
        engine.process.onExit().join();
        turn();

        assertThat(worker.state().note()).isEqualTo("did not answer for 40 s");
    }

    @Test
    void a_part_that_recovers_between_is_left_alone() {
        bringUp();
        for (int i = 0; i < 10; i++) {
            engine.vital = new Health.Answer(false, true, "busy");
            askVitals(Vitals.REFUSALS - 1);
            engine.vital = Health.Answer.WELL;
            askVitals(1);
        }

        assertThat(worker.status()).isEqualTo(Status.UP);
        assertThat(engine.process.isAlive()).isTrue();
    }

    @Test
    void a_held_part_stays_stopped_until_it_is_released() {
        bringUp();
        worker.hold("held for process 7");
        engine.process.onExit().join();
        clock.advance(Duration.ofHours(1));
        turn();
        assertThat(worker.status()).isEqualTo(Status.HELD);
        assertThat(worker.state().process()).isNull();
        assertThat(worker.state().note()).isEqualTo("held for process 7");

        worker.release();
        turn();
        turn();

        assertThat(worker.status()).isEqualTo(Status.UP);
        assertThat(worker.state().restarts()).isZero();
    }

    @Test
    void a_part_that_dies_three_times_before_it_was_up_is_hopeless() {
        worker.begin();
        for (int i = 0; i < 2; i++) {
            engine.die();
            turn();
            assertThat(worker.isHopeless()).isFalse();
            clock.advance(Duration.ofSeconds(30));
            turn();
        }
        engine.die();
        turn();

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

    /// What the supervisor does: looks, and begins what waits.
    private void turn() {
        worker.tick();
        if (worker.status() == Status.WAITING) {
            worker.begin();
        }
    }

    private void askVitals(int times) {
        for (int i = 0; i < times; i++) {
            clock.advance(Vitals.EVERY);
            worker.tick();
        }
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
        turn();
        assertThat(worker.status()).isEqualTo(Status.RESTARTING);
        clock.advance(Duration.ofMillis(1));
        turn();
        turn();
        assertThat(worker.status()).isEqualTo(Status.UP);
    }
}
