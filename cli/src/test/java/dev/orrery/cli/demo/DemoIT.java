package dev.orrery.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.cli.RunningPlatform;
import dev.orrery.cli.RunningPlatform.Outcome;
import dev.orrery.cli.platform.Platform;
import dev.orrery.cli.simulation.Sample;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {

    private static final Path PROJECT = Path.of(System.getProperty("orrery.project"));
    private static final Path CHURN = Sample.folder(PROJECT);
    private static final Path TELCO =
            Path.of(System.getProperty("orrery.shared-data", "nowhere")).resolve("telco/Telco-Customer-Churn.csv");

    @TempDir
    private Path folder;

    @Test
    void from_a_file_to_an_alarm_that_names_exactly_what_has_changed_and_nothing_left_running() throws IOException {
        try (RunningPlatform platform = RunningPlatform.fresh()) {
            Outcome demo = platform.orrery("demo", "--exit", "--ports", "free");

            assertThat(demo.code()).as(demo.output()).isZero();
            assertThat(Platform.running(platform.home())).isEmpty();
            JsonNode summary = summary(platform);
            assertThat(summary.at("/rows_received").asLong()).isEqualTo(Sample.ROWS);
            assertThat(summary.at("/rows_rejected").asLong()).isEqualTo(Sample.BROKEN);
            assertThat(summary.at("/rows_validated").asLong()).isEqualTo(Sample.ROWS - Sample.BROKEN);
            assertThat(summary.at("/rejected_as_planted").asBoolean()).isTrue();
            assertThat(summary.at("/dataset_version").asInt()).isEqualTo(1);
            assertModels(summary);
            assertThat(summary.at("/predictions_sent").asLong()).isEqualTo(4000);
            assertThat(summary.at("/predictions_logged").asLong()).isEqualTo(4000);
            assertThat(summary.at("/alerts_before_shift").isArray()).isTrue();
            assertThat(summary.at("/alerts_before_shift")).isEmpty();
            assertThat(summary.at("/alerts_after_shift")).hasSize(1);
            assertThat(summary.at("/alerts_after_shift/0/columns"))
                    .extracting(JsonNode::asText)
                    .containsExactlyInAnyOrder("monthly_charge", "contract");
            assertThat(summary.at("/seconds").fieldNames())
                    .toIterable()
                    .containsExactly(
                            "platform",
                            "apply",
                            "ingest",
                            "validate",
                            "train",
                            "promote",
                            "predict",
                            "predict_shifted");
        }
    }

    @Test
    void a_table_from_outside_takes_the_same_journey_without_losing_a_row() throws IOException {
        assumeTrue(Files.exists(TELCO), "the Telco table is not here");
        RunningPlatform platform = RunningPlatform.shared();

        Outcome demo = ownDemo(platform, PROJECT.resolve("samples/telco/use-case.yaml"), TELCO);

        assertThat(demo.code()).as(demo.output()).isZero();
        JsonNode summary = summary(platform);
        assertThat(summary.at("/rows_received").asLong()).isEqualTo(7043);
        // The 11 blanks in TotalCharges are missing values.
        assertThat(summary.at("/rows_validated").asLong()).isEqualTo(7043);
        assertThat(summary.at("/rows_rejected").asLong()).isZero();
        assertThat(summary.at("/models")).hasSize(3);
        assertThat(summary.at("/models/gradient-boosting/roc_auc").asDouble()).isBetween(0.80, 0.88);
        assertThat(summary.at("/models/logistic-regression/roc_auc").asDouble()).isBetween(0.80, 0.88);
        assertThat(summary.at("/predictions_sent").asLong()).isBetween(1200L, 1600L);
        assertThat(summary.at("/predictions_logged")).isEqualTo(summary.at("/predictions_sent"));
        assertThat(summary.at("/alerts_before_shift")).isEmpty();
        assertThat(summary.has("alerts_after_shift")).isFalse();
        assertThat(summary.has("best_possible_roc_auc")).isFalse();
        assertThat(summary.has("rejected_as_planted")).isFalse();
    }

    @Test
    void a_table_that_does_not_fit_the_use_case_is_refused_with_the_reason() throws IOException {
        Path other = Files.writeString(folder.resolve("other.csv"), "customer_id,colour\nC1,red\n");

        Outcome demo = ownDemo(RunningPlatform.shared(), CHURN.resolve("use-case.yaml"), other);

        assertThat(demo.code()).isEqualTo(1);
        assertThat(demo.output()).contains("colour").doesNotContain("Exception");
        assertThat(summary(RunningPlatform.shared()).has("models")).isFalse();
    }

    @Test
    void a_misspelt_key_in_the_use_case_is_named_with_its_line() throws IOException {
        String text = Files.readString(CHURN.resolve("use-case.yaml")).replace("\nbaseline:", "\nbasline:");
        Path misspelt = Files.writeString(folder.resolve("use-case.yaml"), text);
        long line = text.substring(0, text.indexOf("\nbasline:")).lines().count() + 1;

        Outcome demo = ownDemo(RunningPlatform.shared(), misspelt, CHURN.resolve("customers.csv"));

        assertThat(demo.code()).isEqualTo(1);
        assertThat(demo.output())
                .contains("basline")
                .contains("baseline")
                .contains("line " + line)
                .doesNotContain("Exception");
    }

    @Test
    void applying_the_same_file_twice_is_one_revision() throws IOException {
        String text = Files.readString(CHURN.resolve("use-case.yaml"))
                .replace("\nname: churn", "\nname: applied-twice")
                .replace("endpoint: churn", "endpoint: applied-twice");
        Path file = Files.writeString(folder.resolve("use-case.yaml"), text);

        RunningPlatform.shared().orrery("apply", file.toString());
        Outcome second = RunningPlatform.shared().orrery("apply", file.toString());

        assertThat(second.code()).as(second.output()).isZero();
        assertThat(second.output()).contains("'applied-twice' is at revision 1");
    }

    private static void assertModels(JsonNode summary) {
        double best = summary.at("/best_possible_roc_auc").asDouble();
        assertThat(best).isBetween(0.85, 0.91);
        assertThat(summary.at("/models").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("baseline", "logistic-regression", "gradient-boosting");
        assertThat(summary.at("/models/gradient-boosting/roc_auc").asDouble()).isBetween(0.82, best);
        assertThat(summary.at("/models/logistic-regression/roc_auc").asDouble()).isBetween(0.80, best);
        assertThat(summary.at("/models/baseline/roc_auc").asDouble()).isBetween(0.52, 0.75);
        double champion = value(summary, summary.at("/champion").asText());
        summary.at("/models")
                .fieldNames()
                .forEachRemaining(recipe -> assertThat(value(summary, recipe)).isLessThanOrEqualTo(champion));
        assertThat(champion).isGreaterThan(value(summary, "baseline"));
    }

    private static double value(JsonNode summary, String recipe) {
        return summary.at("/models").get(recipe).get("value_per_1000").asDouble();
    }

    private static Outcome ownDemo(RunningPlatform platform, Path useCase, Path data) {
        return platform.orrery("demo", "--use-case", useCase.toString(), "--data", data.toString());
    }

    private static JsonNode summary(RunningPlatform platform) throws IOException {
        return Json.MAPPER.readTree(
                platform.home().path().resolve("demo/summary.json").toFile());
    }
}
