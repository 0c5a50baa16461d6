package dev.orrery.inference.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private static final long MILLI = 1_000_000;
    private static final int FEW = 32;

    private final Throttle throttle = new Throttle(20 * MILLI, 100 * MILLI, FEW);
    private long now;

    @Test
    void everything_is_taken_on_while_passes_are_short() {
        for (int i = 0; i < 100; i++) {
            assertThat(pass(1000, 10)).isEqualTo(1000);
        }
    }

    @Test
    void one_long_pass_turns_nobody_away() {
        pass(1000, 90);

        assertThat(pass(1000, 10)).isEqualTo(1000);
    }

    @Test
    void long_passes_with_few_requests_turn_nobody_away() {
        for (int i = 0; i < 100; i++) {
            assertThat(pass(FEW, 500)).isEqualTo(FEW);
        }
    }

    @Test
    void a_standing_queue_makes_the_share_fall_and_its_end_lets_it_rise_again() {
        for (int i = 0; i < 30; i++) {
            pass(1000, 40);
        }
        int fallen = pass(1000, 40);
        for (int i = 0; i < 200; i++) {
            pass(1000, 5);
        }

        assertThat(fallen).isLessThan(200).isPositive();
        assertThat(pass(1000, 5)).isEqualTo(1000);
    }

    /// A loop that takes 0.1 ms for a request that is taken on and 0.02 ms for one that is not, and is asked 20 times a
    /// millisecond. It is told of itself every 10 ms, or when its pass is over.
    @Test
    void at_twice_the_capacity_passes_stay_near_their_target_and_most_of_it_is_used() {
        double passed = 10;
        double first = 0;
        double longest = 0;
        double used = 0;
        double time = 0;
        for (int i = 0; i < 3000; i++) {
            int came = (int) (20 * passed);
            int taken = pass(came, passed > 10 ? Math.round(passed) : 0);
            passed = Math.max(10, taken * 0.1 + (came - taken) * 0.02);
            first = Math.max(first, passed);
            if (i > 300) {
                longest = Math.max(longest, passed);
                used += taken * 0.1;
                time += passed;
            }
        }

        assertThat(longest).isLessThan(40);
        assertThat(first).isLessThan(500);
        assertThat(used / time).isGreaterThan(0.55);
    }

    @Test
    void the_share_that_is_taken_on_is_spread_evenly() {
        for (int i = 0; i < 12; i++) {
            pass(1000, 40);
        }
        double share = throttle.share();

        long taken = IntStream.range(0, 10_000).filter(i -> throttle.admits()).count();
        assertThat(taken / 10_000.0).isCloseTo(share, within(0.001));
        assertThat(share).isLessThan(1);
    }

    /// @return how many of those that came were taken on
    private int pass(int requests, long millis) {
        int taken = (int)
                IntStream.range(0, requests).filter(i -> throttle.admits()).count();
        now += millis * MILLI;
        throttle.passed(now, millis * MILLI);
        return taken;
    }
}
