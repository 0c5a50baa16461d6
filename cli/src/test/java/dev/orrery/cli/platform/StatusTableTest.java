package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.cli.Terminal;
import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Status;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatusTableTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void each_part_has_its_state_address_process_and_restarts() {
        String table = new StatusTable(new Terminal(true, 80))
                .of(Stream.of(
                                new Child(Part.POSTGRES, Status.UP, NOW, 5433, new ProcessId(11, NOW), 1.5, 0, null),
                                new Child(
                                        Part.INGEST,
                                        Status.RESTARTING,
                                        NOW,
                                        8081,
                                        new ProcessId(1_234_567, NOW),
                                        null,
                                        3,
                                        "was not live: the loop that publishes has ended (no space left on device); ./orrery doctor"),
                                new Child(Part.VALIDATION, Status.WAITING, NOW, 8084, null, null, 0, null))
                        .map(StatusTable.Row::of)
                        .toList());

        assertThat(table.lines())
                .containsExactly(
                        "  PART                       STATE      ADDRESS               PROCESS RESTARTS",
                        "  postgres                   up         127.0.0.1:5433             11        0",
                        "  data-ingest-service        restarting http://127.0.0.1:8081 1234567        3",
                        "      was not live: the loop that publishes has ended (no space left on device);",
                        "      ./orrery doctor",
                        "  feature-validation-service waiting    http://127.0.0.1:8084       -        0");
        assertThat(table.lines()).allMatch(line -> line.length() <= 80);
    }
}
