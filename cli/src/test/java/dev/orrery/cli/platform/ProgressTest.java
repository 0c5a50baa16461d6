package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.cli.Terminal;
import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Phase;
import dev.orrery.cli.platform.PlatformState.Status;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final MutableClock clock = new MutableClock();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private Progress progress = new Progress(out, Terminal.none(), clock);

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

        assertThat(lines())
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

    @Test
    void a_start_that_takes_long_gives_a_sign_of_life_every_few_seconds() {
        show(Phase.STARTING, null, kafka(Status.STARTING, null, 0, null));
        for (int second = 0; second < 12; second++) {
            clock.advance(Duration.ofSeconds(1));
            progress.beat();
        }

        assertThat(lines()).containsExactly("5.0 s  starting kafka", "10.0 s  starting kafka");
    }

    @Test
    void on_a_terminal_no_line_is_wider_than_it() {
        progress = new Progress(out, new Terminal(true, 40), clock);
        show(Phase.STARTING, "recording start-up caches, once after a build: 1 of 8");
        show(Phase.STARTING, null, kafka(Status.RESTARTING, null, 1, "did not start, killed by signal 9 or worse"));
        show(Phase.RUNNING, null, kafka(Status.RESTARTING, null, 1, "died, killed by signal 9 or by something worse"));

        assertThat(lines().map(line ->
                        line.replaceAll("\\033\\[[0-9]*[A-Z]", "").replace("\r", "")))
                .filteredOn(line -> !line.contains("ADDRESS") && !line.contains("127.0.0.1"))
                .isNotEmpty()
                .allMatch(line -> line.length() < 41);
    }

    private Stream<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().map(String::strip).filter(line -> !line.isEmpty());
    }

    private void show(Phase phase, String activity, Child... parts) {
        ProcessId someone = new ProcessId(1, clock.instant());
        progress.show(new PlatformState(phase, someone, someone, clock.instant(), activity, null, List.of(parts)));
    }

    private Child kafka(Status status, Double seconds, int restarts, String note) {
        return new Child(Part.KAFKA, status, clock.instant(), 9092, null, seconds, restarts, note);
    }
}
