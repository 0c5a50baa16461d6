package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessIdTest {

    private final ProcessId self = ProcessId.of(ProcessHandle.current());

    @Test
    void a_running_process_is_found_again() {
        assertThat(self.handle()).contains(ProcessHandle.current());
    }

    @Test
    void a_later_process_with_the_same_number_is_another_one() {
        assertThat(new ProcessId(self.pid(), self.started().minus(Duration.ofMinutes(1))).isAlive())
                .isFalse();
    }

    @Test
    void a_process_that_has_ended_is_not_alive() throws IOException {
        Process process = new ProcessBuilder("sleep", "600").start();
        ProcessId id = ProcessId.of(process.toHandle());
        assertThat(id.isAlive()).isTrue();

        process.destroyForcibly().onExit().join();

        assertThat(id.isAlive()).isFalse();
    }
}
