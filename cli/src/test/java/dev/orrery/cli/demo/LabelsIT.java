package dev.orrery.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.cli.RunningPlatform;
import dev.orrery.cli.RunningPlatform.Outcome;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A label need not be true or false.
class LabelsIT {

    private static final int ROWS = 1_500;
    private static final String USE_CASE = """
            name: label-%1$s
            dataset:
              key: customer
              label: outcome
              columns:
                - { name: customer, type: text }
                - { name: months, type: integer }
                - { name: outcome, %2$s }
            task: { type: binary, positive: %3$s }
            baseline: { rule: [ { column: months, below: 12 } ] }
            training: { recipes: [ { algorithm: logistic-regression, epochs: 5 } ] }
            monitor: { window: { predictions: 200 }, drift: { minimum: 100 } }
            value: { currency: EUR, true_positive: 1, false_positive: -1, false_negative: -1, true_negative: 0 }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"words, 'type: category, domain: [Stay, Churn]', Churn, Stay", "numbers, type: integer, 1, 0"})
    void a_label_of_any_type_goes_from_a_file_to_a_served_champion(String name, String type, String yes, String no)
            throws IOException {
        Path useCase = Files.writeString(folder.resolve("use-case.yaml"), USE_CASE.formatted(name, type, yes));
        Path rows = Files.writeString(folder.resolve("rows.csv"), rows(yes, no));

        Outcome demo = RunningPlatform.shared()
                .orrery("demo", "--json", "--use-case", useCase.toString(), "--data", rows.toString());

        assertThat(demo.code()).as(demo.output()).isZero();
        assertThat(demo.output()).contains("whether 'outcome' is '%s'".formatted(yes), "say '%s'.".formatted(yes));
        JsonNode summary =
                Json.MAPPER.readTree(demo.output().substring(demo.output().indexOf("\n{") + 1));
        assertThat(summary.at("/rows_validated").asInt()).isEqualTo(ROWS);
        assertThat(summary.at("/models/logistic-regression/roc_auc").asDouble()).isGreaterThan(0.7);
        assertThat(summary.at("/champion").asText()).isNotEmpty();
        assertThat(summary.at("/predictions_logged").asInt()).isBetween(200, 400);
    }

    /// The shorter somebody is a customer, the likelier it is that they go.
    private static String rows(String yes, String no) {
        Random random = new Random(1);
        StringBuilder rows = new StringBuilder("customer,months,outcome\n");
        for (int row = 1; row <= ROWS; row++) {
            int months = 1 + random.nextInt(60);
            boolean goes = random.nextDouble() < 1 / (1 + Math.exp((months - 20) / 6.0));
            rows.append("C%d,%d,%s\n".formatted(row, months, goes ? yes : no));
        }
        return rows.toString();
    }
}
