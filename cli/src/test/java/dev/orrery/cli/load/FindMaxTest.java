package dev.orrery.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

class FindMaxTest {

    private static final long ANSWER_MILLIS = 10;
    private static final double CAPACITY = 1000.0 / ANSWER_MILLIS;

    @Test
    void the_highest_rate_is_found_of_a_service_whose_capacity_is_known() throws IOException {
        try (BareServer server = new BareServer("{}", FindMaxTest::work)) {
            FindMax.Found found = new FindMax(100_000, 0, 0.2).search(20, measure(server));

            // On a machine that is busy otherwise it finds less; more there cannot be.
            assertThat(found.rate()).isBetween(1.0, CAPACITY * 1.05);
            assertThat(found.steps()).anyMatch(step -> step.run().latency().p99() > 100_000);
            assertThat(found.steps().getLast().rate()).isEqualTo(found.rate());
            assertThat(found.steps().getLast().run().latency().p99()).isLessThanOrEqualTo(100_000);
        }
    }

    @Test
    void what_no_rate_keeps_is_not_found() {
        FindMax.Found found = new FindMax(1, 0, 0.2).search(10, rate -> Made.measured(rate, 500, 0));

        assertThat(found.rate()).isNull();
        assertThat(found.steps()).extracting(Measured::rate).startsWith(10.0, 10.0, 5.0, 5.0, 2.5);
    }

    @Test
    void what_was_broken_once_by_chance_is_tried_again() {
        AtomicInteger tried = new AtomicInteger();

        FindMax.Found found = new FindMax(1000, 0, 0.05)
                .search(64, rate -> Made.measured(rate, tried.incrementAndGet() == 1 || rate > 90 ? 5000 : 10, 0));

        assertThat(found.rate()).isBetween(85.0, 90.0);
    }

    @Test
    void failures_break_a_promise_too() {
        DoubleFunction<Measured> measure = rate -> Made.measured(rate, 10, rate > 64 ? 50 : 0);

        assertThat(new FindMax(1000, 0.001, 0.05).search(10, measure).rate()).isBetween(60.0, 64.0);
    }

    @Test
    void a_ramp_ends_soon_beyond_the_knee_and_says_where_it_was() {
        List<Measured> steps = new Ramp(1, 2, 20).climb(rate -> Made.measured(rate, rate > 30 ? 90_000 : 500, 0));

        assertThat(steps).extracting(Measured::rate).containsExactly(1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0);
        assertThat(Ramp.knee(steps)).isEqualTo(16);
    }

    private static DoubleFunction<Measured> measure(BareServer server) {
        Wire wire = new Wire(server.address(), false, "/", "", List.of(Body.of("{}")), (_, _) -> null);
        return rate -> new Measured(
                rate,
                null,
                Generator.run(new Plan(
                        wire,
                        new Pattern.Open(rate, true),
                        4,
                        Duration.ZERO,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10))),
                new Own.Cost(0, 0),
                null,
                List.of());
    }

    private static void work() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ANSWER_MILLIS));
    }
}
