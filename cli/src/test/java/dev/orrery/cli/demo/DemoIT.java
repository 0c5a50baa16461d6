package dev.orrery.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.cli.RunningPlatform;
import dev.orrery.cli.RunningPlatform.Outcome;
import dev.orrery.cli.platform.Platform;
import dev.orrery.cli.simulation.Sample;
import dev.orrery.contracts.Json;
import dev.orrery.testing.Needed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {

    private static final Path PROJECT = Path.of(System.getProperty("orrery.project"));
    private static final Path CHURN = Sample.folder(PROJECT);

    @TempDir
    private Path folder;

    @Test
    void from_a_file_to_an_alarm_that_names_exactly_what_has_changed() throws IOException {
        Outcome demo = RunningPlatform.sampleDemo();

        assertThat(demo.code()).as(demo.output()).isZero();
        JsonNode summary = json(demo);
        assertThat(summary.at("/rows_received").asLong()).isEqualTo(Sample.ROWS);
        assertThat(summary.at("/rows_rejected").asLong()).isEqualTo(Sample.BROKEN);
        assertThat(summary.at("/rows_validated").asLong()).isEqualTo(Sample.ROWS - Sample.BROKEN);
        assertThat(summary.at("/rejected_as_planted").asBoolean()).isTrue();
        assertThat(summary.at("/dataset_version").asInt()).isEqualTo(1);
        assertModels(summary);
        assertThat(summary.at("/predictions_sent").asLong()).isEqualTo(4000);
        assertThat(summary.at("/predictions_logged").asLong()).isEqualTo(4000);
        assertThat(summary.at("/windows_judged").asLong()).isEqualTo(8);
        assertThat(summary.at("/alerts_before_shift").isArray()).isTrue();
        assertThat(summary.at("/alerts_before_shift")).isEmpty();
        assertThat(summary.at("/alerts_after_shift")).hasSize(1);
        assertThat(summary.at("/alerts_after_shift/0/columns"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("monthly_charge", "contract");
        assertThat(summary.at("/seconds").fieldNames())
                .toIterable()
                .containsExactly(
                        "platform", "apply", "ingest", "validate", "train", "promote", "predict", "predict_shifted");
    }

    @Test
    void about_a_third_of_the_customers_get_an_offer_and_the_models_are_worth_more_than_everybody_and_nobody()
            throws IOException {
        JsonNode summary = json(RunningPlatform.sampleDemo());

        JsonNode champion = summary.at("/models").get(summary.at("/champion").asText());
        double offers = champion.get("true_positives").asDouble()
                + champion.get("false_positives").asDouble();
        double others = champion.get("false_negatives").asDouble()
                + champion.get("true_negatives").asDouble();
        assertThat(offers / (offers + others)).isBetween(0.25, 0.42);
        assertThat(champion.get("threshold").asDouble()).isBetween(0.15, 0.4);
        assertThat(summary.at("/value_per_1000_nobody").asDouble()).isZero();
        assertThat(summary.at("/value_per_1000_everybody").asDouble()).isNegative();
        assertThat(value(summary, "baseline")).isPositive();
        assertThat(summary.at("/models/baseline/true_positives").asInt()
                        + summary.at("/models/baseline/false_positives").asInt())
                .as("rows that the rule says yes to")
                .isBetween(100, 200);
    }

    @Test
    void the_readme_shows_the_table_that_the_demo_prints() throws IOException {
        String readme = Files.readString(PROJECT.resolve("README.md"));
        String table = readme.substring(readme.indexOf("   model "));

        assertThat(RunningPlatform.sampleDemo().output()).contains(table.substring(0, table.indexOf("```")));
    }

    @Test
    void a_demo_that_broke_off_says_where_and_what_to_do_and_stops_what_it_was_to_stop() throws IOException {
        Path other = Files.writeString(folder.resolve("other.csv"), "customer_id,colour\nC1,red\n");
        try (RunningPlatform platform = RunningPlatform.fresh()) {
            Outcome demo = platform.orrery(
                    "demo",
                    "--exit",
                    "--no-recording",
                    "--ports",
                    "free",
                    "--use-case",
                    CHURN.resolve("use-case.yaml").toString(),
                    "--data",
                    other.toString());

            assertThat(demo.code()).isEqualTo(1);
            assertThat(demo.output())
                    .contains("step 3, 'Ingest the file', failed", "colour", "Mend that, then run the demo again.")
                    .contains("The platform is stopped")
                    .doesNotContain("Exception", "Worth a look");
            assertThat(Platform.running(platform.home())).isEmpty();
            assertThat(summary(platform).has("models")).isFalse();
        }
    }

    @Test
    void who_interrupts_a_demo_is_told_that_the_platform_goes_on_and_how_to_stop_it() throws Exception {
        RunningPlatform platform = RunningPlatform.shared();
        Path output = folder.resolve("interrupted.txt");
        Process demo = platform.start(output, "demo");

        await().until(() -> Files.readString(output).contains("2. Apply the use case"));
        demo.destroy();
        demo.waitFor();

        assertThat(output).content().contains("The platform goes on running; stop it with: ./orrery down");
        assertThat(Platform.running(platform.home())).isPresent();
    }

    @Test
    void a_table_is_sent_to_an_endpoint_as_live_traffic() throws IOException {
        String endpoint = json(RunningPlatform.sampleDemo()).at("/endpoint").asText();

        Outcome send = RunningPlatform.shared()
                .orrery("send", CHURN.resolve("customers.csv").toString(), "--endpoint", endpoint, "--json");

        assertThat(send.code()).as("rows that are broken are not answered").isEqualTo(1);
        JsonNode counts = json(send);
        assertThat(counts.at("/yes").asLong()
                        + counts.at("/no").asLong()
                        + counts.at("/failed").asLong())
                .isEqualTo(Sample.ROWS);
        assertThat(counts.at("/failed").asLong()).isBetween(1L, (long) Sample.BROKEN);
        assertThat(send.output()).contains("column 'tenure_months'").doesNotContain("Exception");
    }

    @Test
    void a_table_from_outside_takes_the_same_journey_without_losing_a_row() throws IOException {
        Path telco = Needed.data("telco/Telco-Customer-Churn.csv");
        RunningPlatform platform = RunningPlatform.shared();

        Outcome demo = ownDemo(platform, PROJECT.resolve("samples/telco/use-case.yaml"), telco);

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

    /// Both streams are in one file: the story first, then the object.
    private static JsonNode json(Outcome outcome) throws IOException {
        return Json.MAPPER.readTree(outcome.output().substring(outcome.output().indexOf("\n{") + 1));
    }

    private static JsonNode summary(RunningPlatform platform) throws IOException {
        return Json.MAPPER.readTree(
                platform.home().path().resolve("demo/summary.json").toFile());
    }
}
