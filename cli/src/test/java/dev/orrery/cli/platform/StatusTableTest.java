package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTableTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void each_part_has_its_state_address_process_and_restarts() {
        String table = StatusTable.of(List.of(
                new Child(Part.POSTGRES, Status.UP, NOW, 5433, new ProcessId(11, NOW), 1.5, 0, null),
                new Child(
                        Part.INGEST,
                        Status.RESTARTING,
                        NOW,
                        8081,
                        new ProcessId(12, NOW),
                        null,
                        3,
                        "died, killed by signal 9"),
                new Child(Part.TRAINING, Status.WAITING, NOW, 8084, null, null, 0, null)));

        assertThat(table).isEqualTo("""
                  PART                        STATE       ADDRESS                   PROCESS RESTARTS
                  postgres                    up          127.0.0.1:5433                 11        0
                  data-ingest-service         restarting  http://127.0.0.1:8081          12        3  died, killed by signal 9
                  model-training-service      waiting     http://127.0.0.1:8084           -        0""".indent(2).stripTrailing().replaceAll("(?m)^ {2}(?=  )", ""));
    }
}
