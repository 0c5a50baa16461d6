package dev.orrery.kit.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BackgroundLoopTest {

    private static final Duration NEVER = Duration.ofDays(1);

    private final AtomicReference<Throwable> end = new AtomicReference<>();
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void it_works_until_nothing_is_left_and_again_when_it_is_nudged() {
        try (var loop = loop(NEVER, () -> calls.incrementAndGet() < 3)) {
            await().untilAtomic(calls, org.hamcrest.Matchers.is(3));

            loop.nudge();

            await().untilAtomic(calls, org.hamcrest.Matchers.is(4));
        }
    }

    @Test
    void it_looks_for_work_by_itself_now_and_then() {
        try (var _ = loop(Duration.ofMillis(1), () -> calls.incrementAndGet() < 0)) {
            await().until(() -> calls.get() > 5);
        }
    }

    @Test
    void it_survives_exceptions_says_why_and_goes_on_when_they_end() {
        try (var loop = loop(NEVER, () -> {
            if (calls.incrementAndGet() < 3) {
                throw new IllegalStateException("the disk is full");
            }
            return false;
        })) {
            await().until(() -> loop.failure().equals(java.util.Optional.of("the disk is full")));

            await().until(() -> loop.failure().isEmpty());
            assertThat(calls).hasValue(3);
            assertThat(end).hasNullValue();
        }
    }

    @Test
    void an_error_ends_it_and_is_told() {
        try (var loop = loop(NEVER, () -> {
            throw new NoClassDefFoundError("libgomp.so.1");
        })) {
            await().until(() -> !loop.isAlive());
        }

        assertThat(end.get()).isInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void it_stops_at_once_between_two_attempts() {
        var loop = loop(NEVER, () -> {
            calls.incrementAndGet();
            throw new IllegalStateException("always");
        });
        await().until(() -> calls.get() > 0);

        loop.close();

        assertThat(loop.isAlive()).isFalse();
    }

    private BackgroundLoop loop(Duration pause, java.util.function.BooleanSupplier work) {
        return new BackgroundLoop("test", pause, work, (_, error) -> end.set(error)).start();
    }
}
