package dev.orrery.training;

import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.schema.Presence;
import dev.orrery.contracts.usecase.Baseline;
import dev.orrery.contracts.usecase.Condition;
import dev.orrery.contracts.usecase.Recipe;
import dev.orrery.contracts.usecase.Training;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.contracts.usecase.ValueMatrix;
import dev.orrery.lake.BatchFiles;
import dev.orrery.lake.DatasetReader;
import dev.orrery.lake.DatasetTable;
import dev.orrery.lake.Lake;
import dev.orrery.lake.StagedFile;
import dev.orrery.lake.StagedRows;
import dev.orrery.lake.TableVersion;
import dev.orrery.training.data.Parts;
import dev.orrery.training.evaluation.Evaluation;
import dev.orrery.training.pack.ModelPackage;
import dev.orrery.training.recipe.Trained;
import dev.orrery.training.recipe.Trainer;
import dev.orrery.training.recipe.Vocabulary;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Datasets of any size, with features of every type in turn, of which the first few decide. By hand, with as little
/// memory as one likes: `java -Xmx1g … dev.orrery.training.Wide FOLDER ROWS FEATURES RECIPE`.
public final class Wide {

    private static final int WORDS = 20;
    private static final double MISSING = 0.05;
    private static final int ROWS_PER_FILE = 100_000;

    private Wide() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        int rows = Integer.parseInt(arguments[1]);
        int features = Integer.parseInt(arguments[2]);
        Path marker = folder.resolve("version-%d-%d".formatted(rows, features));
        if (Files.notExists(marker)) {
            TableVersion made = version(folder, rows, features);
            Files.writeString(marker, made.metadataUri() + " " + made.snapshotId());
        }
        String[] version = Files.readString(marker).split(" ");
        DatasetReader reader = DatasetReader.open(version[0], Long.parseLong(version[1]));
        Evaluation evaluation = train(reader, features, arguments[3], Files.createTempDirectory("orrery-wide-"));
        System.out.printf("ROC AUC %.4f on %,d rows%n", evaluation.rocAuc(), evaluation.holdoutRows());
    }

    /// Writes a dataset version as feature-validation-service does.
    public static TableVersion version(Path folder, int rows, int features) throws IOException {
        try (EmbeddedPostgres database = EmbeddedPostgres.start();
                Lake lake = Lake.open(folder, database.getJdbcUrl("postgres", "postgres"), "postgres", "postgres")) {
            DatasetTable table = lake.table("wide", useCase(features).dataset());
            List<StagedFile> files = new ArrayList<>();
            Random random = new Random(rows);
            for (int from = 0; from < rows; from += ROWS_PER_FILE) {
                StagedRows staged = table.stage(0);
                staged.under(useCase(features).dataset().columnNames());
                for (int row = from; row < Math.min(rows, from + ROWS_PER_FILE); row++) {
                    staged.add("batch", row + 1L, row(row, features, random));
                }
                files.add(staged.finish());
            }
            return table.append(new BatchFiles("batch", 1, "{}", files));
        }
    }

    /// Reads, trains, exports, and judges, as a job does, telling how long each took.
    public static Evaluation train(DatasetReader reader, int features, String recipe, Path folder) throws IOException {
        UseCase useCase = useCase(features);
        long start = System.nanoTime();
        Parts parts = Parts.of(reader.only(Parts.columns(useCase.dataset()))::forEach, reader.size(), useCase);
        start = told("read", start);
        Vocabulary vocabulary =
                Vocabulary.of(useCase.dataset().features(), parts.training().rows());
        Trainer trainer = Trainer.of(useCase, recipe);
        Trained model = trainer.train(parts, vocabulary);
        start = told("trained", start);
        ModelPackage files = new ModelPackage(useCase, 1, trainer, folder);
        files.export(model, parts);
        start = told("exported", start);
        Evaluation evaluation = files.complete(model, parts, vocabulary, "run", "model");
        told("judged", start);
        return evaluation;
    }

    public static UseCase useCase(int features) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("id", ColumnType.TEXT, null, null, null));
        columns.add(new Column("label", ColumnType.BOOLEAN, null, null, null));
        IntStream.range(0, features)
                .forEach(i -> columns.add(new Column("f" + i, type(i), Presence.OPTIONAL, null, null)));
        return new UseCase(
                "wide",
                null,
                new DatasetSchema("id", null, "label", List.of("id"), null, columns),
                null,
                new Baseline(List.of(new Condition("f0", null, null, 0.5))),
                new Training(
                        null,
                        List.of(new Recipe.LogisticRegression(10, 0.1), new Recipe.GradientBoosting(30, 4, 0.2)),
                        null,
                        7L),
                null,
                null,
                new ValueMatrix("EUR", 60, -10, -100, 0),
                null);
    }

    private static ColumnType type(int feature) {
        return switch (feature % 4) {
            case 0 -> ColumnType.NUMBER;
            case 1 -> ColumnType.CATEGORY;
            case 2 -> ColumnType.INTEGER;
            default -> ColumnType.BOOLEAN;
        };
    }

    private static List<Object> row(int number, int features, Random random) {
        List<Object> row = new ArrayList<>(features + 2);
        row.add("id-" + number);
        row.add(null);
        double logit = 0;
        for (int i = 0; i < features; i++) {
            double drawn = random.nextDouble();
            logit += i < 4 ? 2 * (drawn - 0.5) : 0;
            row.add(random.nextDouble() < MISSING ? null : value(i, drawn));
        }
        row.set(1, random.nextDouble() < 1 / (1 + Math.exp(-logit)));
        return row;
    }

    private static Object value(int feature, double drawn) {
        return switch (type(feature)) {
            case NUMBER -> drawn;
            case CATEGORY -> "word-" + (int) (WORDS * drawn);
            case INTEGER -> (long) (1000 * drawn);
            default -> drawn > 0.5;
        };
    }

    private static long told(String what, long start) {
        long now = System.nanoTime();
        System.Logger log = System.getLogger(Wide.class.getName());
        log.log(System.Logger.Level.INFO, "{0} in {1,number,0.0} s", what, (now - start) / 1e9);
        return now;
    }
}
