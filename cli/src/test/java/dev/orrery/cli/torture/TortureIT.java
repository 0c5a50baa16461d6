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

/// Conservation: whatever dies in between, each row of a batch is judged once and each validated row is in the dataset
/// version once.
class TortureIT {

    @TempDir
    private Path folder;

    @Test
    void a_batch_of_200000_rows_is_whole_when_ingest_validation_and_the_broker_are_killed_in_the_middle_of_it()
            throws IOException {
        RunningPlatform platform = RunningPlatform.shared();
        Path json = folder.resolve("found.json");

        Outcome outcome = platform.orrery(
                "torture",
                "data",
                "--rows",
                "200000",
                "--kills",
                "1",
                "--home",
                platform.home().path().toString(),
                "--json",
                json.toString());

        assertThat(outcome.code()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("Whole: 200,000 rows judged once, 197,600 in the lake once.");
        JsonNode found = Json.MAPPER.readTree(json.toFile()).path("measured");
        assertThat(found.path("kills").findValues("part"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("data-ingest-service", "feature-validation-service", "kafka");
        assertThat(found.path("stored").path("distinct").asLong()).isEqualTo(197_600);
    }
}
