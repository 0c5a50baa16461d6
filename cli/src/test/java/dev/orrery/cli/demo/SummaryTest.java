package dev.orrery.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.cli.Story;
import dev.orrery.cli.Terminal;
import dev.orrery.cli.client.Monitoring.Alert;
import dev.orrery.cli.platform.Part;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {

    @TempDir
    private Path folder;

    @Test
    void a_whole_run_has_every_key() throws IOException {
        Summary summary = new Summary();
        summary.rowsReceived = 7000L;
        summary.rowsValidated = 6956L;
        summary.rowsRejected = 44L;
        summary.rejectedAsPlanted = true;
        summary.datasetVersion = 1;
        summary.models = Map.of("baseline", new Summary.Model(3, 0.61, 0.5, 56, 42, 184, 718, 2_240));
        summary.valuePer1000Everybody = -2_000.0;
        summary.valuePer1000Nobody = 0.0;
        summary.bestPossibleRocAuc = 0.88;
        summary.champion = "baseline";
        summary.endpoint = "churn";
        summary.predictionsSent = 4000L;
        summary.predictionsLogged = 4000L;
        summary.windowsJudged = 8L;
        summary.alertsBeforeShift = List.of();
        summary.alertsAfterShift =
                List.of(new Alert("1", "open", "critical", List.of("a", "b"), List.of("score"), "a and b drift"));
        summary.seconds.put("platform", 9.5);

        JsonNode json = written(summary);

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "rows_received",
                        "rows_validated",
                        "rows_rejected",
                        "rejected_as_planted",
                        "dataset_version",
                        "models",
                        "value_per_1000_everybody",
                        "value_per_1000_nobody",
                        "best_possible_roc_auc",
                        "champion",
                        "endpoint",
                        "predictions_sent",
                        "predictions_logged",
                        "windows_judged",
                        "alerts_before_shift",
                        "alerts_after_shift",
                        "seconds");
        assertThat(json.at("/models/baseline").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "version",
                        "roc_auc",
                        "threshold",
                        "true_positives",
                        "false_positives",
                        "false_negatives",
                        "true_negatives",
                        "value_per_1000");
        assertThat(json.at("/alerts_before_shift")).isEmpty();
        assertThat(json.at("/alerts_after_shift/0/columns/1").asText()).isEqualTo("b");
        assertThat(json.at("/seconds/platform").asDouble()).isEqualTo(9.5);
    }

    @Test
    void a_run_that_broke_off_has_what_was_seen_and_no_more() throws IOException {
        Run run = new Run(new Story(new PrintStream(PrintStream.nullOutputStream()), Terminal.none()));
        try {
            run.step("ingest", "Ingest", Part.INGEST, () -> {
                run.summary.rowsReceived = 5L;
                throw new IllegalStateException("the network is gone");
            });
        } catch (IllegalStateException _) {
            JsonNode json = written(run.summary);
            assertThat(json.fieldNames()).toIterable().containsExactlyInAnyOrder("rows_received", "seconds");
            assertThat(json.at("/seconds").has("ingest")).isTrue();
            return;
        }
        throw new AssertionError("the step's failure was swallowed");
    }

    private JsonNode written(Summary summary) throws IOException {
        Path file = folder.resolve("demo").resolve("summary.json");
        summary.write(file);
        return Json.MAPPER.readTree(file.toFile());
    }
}
