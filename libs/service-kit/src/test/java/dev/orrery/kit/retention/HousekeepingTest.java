package dev.orrery.kit.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.testing.MovableClock;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class HousekeepingTest {

    @Inject
    Housekeeping housekeeping;

    @Inject
    Newspapers newspapers;

    @Inject
    MovableClock clock;

    @Singleton
    static class Newspapers implements Kept {
        final List<Instant> days = new CopyOnWriteArrayList<>();

        @Override
        public String what() {
            return "newspapers";
        }

        @Override
        public Duration keep() {
            return Duration.ofDays(7);
        }

        @Override
        public long trim(Instant before) {
            int held = days.size();
            days.removeIf(day -> day.isBefore(before));
            return held - days.size();
        }
    }

    @Singleton
    static class Broken implements Kept {
        @Override
        public String what() {
            return "broken-things";
        }

        @Override
        public Duration keep() {
            return Duration.ZERO;
        }

        @Override
        public long trim(Instant before) {
            throw new IllegalStateException("cannot be removed");
        }
    }

    @AfterEach
    void reset() {
        clock.reset();
    }

    @Test
    void things_go_when_their_time_is_over_and_not_before_whatever_fails_beside_them() {
        newspapers.days.add(clock.instant());

        clock.advance(Duration.ofDays(6));
        housekeeping.sweep();
        assertThat(newspapers.days).hasSize(1);

        clock.advance(Duration.ofDays(2));
        housekeeping.sweep();
        assertThat(newspapers.days).isEmpty();
    }
}
