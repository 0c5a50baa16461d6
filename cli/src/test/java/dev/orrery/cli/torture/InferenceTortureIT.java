package dev.orrery.cli.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.cli.RunningPlatform;
import dev.orrery.cli.RunningPlatform.Outcome;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever asks for predictions notices neither switches nor deaths.
class InferenceTortureIT {

    @TempDir
    private Path folder;

    @Test
    void no_request_fails_while_versions_are_switched_and_broker_registry_and_database_are_killed() throws IOException {
        RunningPlatform platform = RunningPlatform.shared();
        Path json = folder.resolve("endured.json");

        Outcome outcome = platform.orrery(
                "torture",
                "inference",
                "--minutes",
                "0.6",
                "--every",
                "3",
                "--rate",
                "100",
                "--home",
                platform.home().path().toString(),
                "--json",
                json.toString());

        assertThat(outcome.code()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("none failed");
        JsonNode endured = Json.MAPPER.readTree(json.toFile()).path("measured");
        assertThat(endured.path("killed").valueStream().map(JsonNode::asText))
                .containsExactlyInAnyOrder("kafka", "model-registry-service", "postgres");
        assertThat(endured.path("switches").asInt()).isEqualTo(13);
        assertThat(endured.path("recorded").path("missing").asLong()).isZero();
    }
}
