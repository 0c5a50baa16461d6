package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Phase;
import dev.orrery.cli.platform.PlatformState.Status;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final MutableClock clock = new MutableClock();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Progress progress = new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, clock);

    @Test
    void without_a_terminal_each_event_is_one_plain_line() {
        show(Phase.STARTING, "recording start-up caches: 1 of 8");
        clock.advance(Duration.ofSeconds(2));
        show(Phase.STARTING, null, kafka(Status.STARTING, null, 0, null));
        show(Phase.STARTING, null, kafka(Status.STARTING, null, 0, null));
        show(Phase.RUNNING, null, kafka(Status.UP, 2.5, 0, null));
        show(Phase.RUNNING, null, kafka(Status.RESTARTING, 2.5, 1, "died, killed by signal 9"));
        show(Phase.RUNNING, null, kafka(Status.UP, 1.2, 1, "died, killed by signal 9"));
        show(Phase.STOPPED, null, kafka(Status.STOPPED, 1.2, 1, null));

        assertThat(bytes.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty()))
                .startsWith("0.0 s  recording start-up caches: 1 of 8")
                .containsSubsequence(
                        "kafka                       up in  2.5 s",
                        "Up in 2.0 s.",
                        "kafka                       died, killed by signal 9; starting it again",
                        "kafka                       up in  1.2 s",
                        "Stopped.")
                .doesNotContain("kafka                       starting")
                .noneMatch(line -> line.contains("\033"));
    }

    private void show(Phase phase, String activity, Child... parts) {
        ProcessId someone = new ProcessId(1, clock.instant());
        progress.show(new PlatformState(phase, someone, someone, clock.instant(), activity, null, List.of(parts)));
    }

    private Child kafka(Status status, Double seconds, int restarts, String note) {
        return new Child(Part.KAFKA, status, clock.instant(), 9092, null, seconds, restarts, note);
    }
}
