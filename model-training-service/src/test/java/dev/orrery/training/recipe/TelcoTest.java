package dev.orrery.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.schema.Presence;
import dev.orrery.contracts.usecase.Baseline;
import dev.orrery.contracts.usecase.Condition;
import dev.orrery.contracts.usecase.Recipe;
import dev.orrery.contracts.usecase.Split;
import dev.orrery.contracts.usecase.Task;
import dev.orrery.contracts.usecase.Training;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.contracts.usecase.ValueMatrix;
import dev.orrery.testing.Needed;
import dev.orrery.training.data.Labelled;
import dev.orrery.training.data.LeftOut;
import dev.orrery.training.data.Parts;
import dev.orrery.training.data.Table;
import dev.orrery.training.evaluation.Ranking;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// IBM's public churn table, which others have measured: a model that ranks worse is wrong, one that ranks much better
/// has seen the answer.
class TelcoTest {

    private static final String CSV = "telco/Telco-Customer-Churn.csv";
    private static final Set<String> NUMBERS = Set.of("MonthlyCharges", "TotalCharges");
    private static final int FOLDS = 5;
    private static final double LEAK = 0.87;

    @ParameterizedTest
    @CsvSource({"logistic-regression, 0.845", "gradient-boosting, 0.847"})
    void over_five_hash_folds_it_ranks_as_well_as_others_have_measured(String recipe, double measured)
            throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        UseCase useCase = read(rows);
        assertThat(rows).hasSize(7_043);
        assertThat(rows).filteredOn(row -> !row.containsKey("TotalCharges")).hasSize(11);

        double mean = IntStream.range(0, FOLDS)
                .mapToDouble(fold -> rocAuc(useCase, recipe, rows, fold))
                .average()
                .orElseThrow();

        System.Logger log = System.getLogger(TelcoTest.class.getName());
        log.log(System.Logger.Level.INFO, "{0}: mean ROC AUC {1,number,0.0000}", recipe, mean);
        assertThat(mean).isCloseTo(measured, within(0.01)).isLessThanOrEqualTo(LEAK);
    }

    private static double rocAuc(UseCase useCase, String recipe, List<Map<String, Object>> rows, int fold) {
        Labelled holdout = part(useCase, rows, candidate -> candidate == fold);
        Labelled training = part(useCase, rows, candidate -> candidate != fold);
        Parts parts = new Parts(training, holdout, holdout, Task.Binary.TRUE, LeftOut.NONE, List.of());
        Vocabulary vocabulary = Vocabulary.of(useCase.dataset().features(), training.rows());
        Trained model = Trainer.of(useCase, recipe).train(parts, vocabulary);
        return new Ranking(model.score(holdout.rows()), holdout.labels()).rocAuc();
    }

    private static Labelled part(UseCase useCase, List<Map<String, Object>> rows, IntPredicate folds) {
        List<Map<String, Object>> chosen = rows.stream()
                .filter(row -> folds.test((int) (FOLDS
                        * Split.position(
                                row.get("customerID").toString(),
                                useCase.training().seed()))))
                .toList();
        boolean[] labels = new boolean[chosen.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (Boolean) chosen.get(i).get("Churn");
        }
        return new Labelled(Table.of(Parts.inputs(useCase.dataset()), chosen), labels);
    }

    private static UseCase read(List<Map<String, Object>> rows) throws IOException {
        List<Column> columns = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> csv =
                CsvReader.builder().ofNamedCsvRecord(Files.newBufferedReader(Needed.data(CSV)))) {
            for (NamedCsvRecord record : csv) {
                if (columns.isEmpty()) {
                    record.getHeader().forEach(name -> columns.add(column(name)));
                }
                rows.add(typed(record, columns));
            }
        }
        return new UseCase(
                "telco",
                null,
                new DatasetSchema("customerID", null, "Churn", List.of("customerID"), List.of("", " "), columns),
                null,
                new Baseline(List.of(new Condition("Contract", "Month-to-month", null, null))),
                new Training(
                        null,
                        List.of(
                                new Recipe.LogisticRegression(null, null),
                                new Recipe.GradientBoosting(null, null, null)),
                        null,
                        null),
                null,
                null,
                new ValueMatrix("USD", 60, -10, -100, 0),
                null);
    }

    private static Column column(String name) {
        ColumnType type = switch (name) {
            case "Churn" -> ColumnType.BOOLEAN;
            case "tenure", "SeniorCitizen" -> ColumnType.INTEGER;
            default -> NUMBERS.contains(name) ? ColumnType.NUMBER : ColumnType.CATEGORY;
        };
        return new Column(name, type, Presence.OPTIONAL, null, null);
    }

    private static Map<String, Object> typed(NamedCsvRecord record, List<Column> columns) {
        Map<String, Object> row = new HashMap<>();
        for (Column column : columns) {
            String text = record.getField(column.name());
            if (!text.isBlank()) {
                row.put(
                        column.name(),
                        switch (column.type()) {
                            case BOOLEAN -> text.equals("Yes");
                            case INTEGER -> Long.valueOf(text);
                            case NUMBER -> Double.valueOf(text);
                            default -> text;
                        });
            }
        }
        return row;
    }
}
