package dev.orrery.inference.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.inference.Settings;
import dev.orrery.kit.http.Shed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LargeRequestsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LargeRequests requests = new LargeRequests(
            Settings.of(
                    Path.of("state"),
                    Map.of(
                            "orrery.admission.large-at-once",
                            "1",
                            "orrery.admission.large-waiting",
                            "2",
                            "orrery.admission.large-bytes",
                            "1000",
                            "orrery.admission.large-patience",
                            "50ms")),
            registry,
            new Shed(registry));

    @Test
    void a_place_is_free_again_when_its_work_is_done() {
        for (int i = 0; i < 5; i++) {
            assertThat(requests.enter(900, Deadline.NONE).inTurn(() -> "done")).isEqualTo("done");
        }
        assertThat(waiting()).isZero();
    }

    @Test
    void those_beyond_the_most_are_refused_at_once() {
        requests.enter(1, Deadline.NONE);
        requests.enter(1, Deadline.NONE);

        assertThatThrownBy(() -> requests.enter(1, Deadline.NONE)).isInstanceOf(Refused.class);
        assertThat(waiting()).isEqualTo(2);
        assertThat(shed("queue")).isEqualTo(1);
    }

    @Test
    void more_bytes_than_may_wait_are_refused_unless_nobody_else_is_there() {
        LargeRequests.Place alone = requests.enter(5000, Deadline.NONE);

        assertThatThrownBy(() -> requests.enter(1, Deadline.NONE)).isInstanceOf(Refused.class);
        assertThat(alone.inTurn(() -> 1)).isEqualTo(1);
    }

    @Test
    void a_turn_that_does_not_come_is_not_waited_for_longer_than_patience() {
        LargeRequests.Place second = requests.enter(1, Deadline.NONE);

        assertThatThrownBy(() -> requests.enter(1, Deadline.NONE).inTurn(() -> second.inTurn(() -> 1)))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("Too many large requests");
        assertThat(waiting()).isZero();
    }

    @Test
    void a_deadline_that_the_queue_will_not_meet_is_refused_before_anything_is_scored() {
        requests.enter(1, Deadline.NONE).inTurn(() -> spin(Duration.ofMillis(5)));

        assertThatThrownBy(() -> requests.enter(900, Deadline.after(System.nanoTime(), Duration.ofMillis(100))))
                .isInstanceOf(Overdue.class)
                .hasMessageContaining("The deadline of 100 ms cannot be met");
        assertThat(shed("deadline")).isEqualTo(1);
    }

    @Test
    void work_that_fails_gives_its_place_and_its_turn_back() {
        LargeRequests.Place place = requests.enter(1, Deadline.NONE);

        assertThatThrownBy(() -> place.inTurn(() -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(requests.enter(1, Deadline.NONE).inTurn(() -> 1)).isEqualTo(1);
        assertThat(waiting()).isZero();
    }

    private double waiting() {
        return registry.get("orrery.inference.queue.requests").gauge().value();
    }

    private double shed(String reason) {
        return registry.get("orrery.http.shed").tag("reason", reason).counter().count();
    }

    private static int spin(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        int turns = 0;
        while (System.nanoTime() < end) {
            turns++;
        }
        return turns;
    }
}
