package dev.orrery.training;

import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.schema.Presence;
import dev.orrery.contracts.usecase.Baseline;
import dev.orrery.contracts.usecase.Condition;
import dev.orrery.contracts.usecase.Recipe;
import dev.orrery.contracts.usecase.Task;
import dev.orrery.contracts.usecase.Training;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.contracts.usecase.ValueMatrix;
import dev.orrery.training.data.Parts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Ships that are late or not, by a law that is known: every type of column, and missing values in each.
public final class World {

    private static final List<String> FLAGS = List.of("NO", "PA", "LR");
    private static final List<String> PORTS = List.of("Oslo", "Łódź", "Bergen", "Hamburg");
    private static final double MISSING = 0.1;

    private World() {}

    public static UseCase useCase(String name) {
        return useCase(name, schema());
    }

    public static UseCase useCase(String name, DatasetSchema schema) {
        return useCase(name, schema, null);
    }

    /// One whose dataset and model have names of their own.
    public static UseCase useCaseNamed(String name, String dataset, String model) {
        DatasetSchema plain = schema();
        DatasetSchema named = new DatasetSchema(
                dataset,
                plain.key(),
                plain.eventTime(),
                plain.label(),
                plain.personal(),
                plain.missing(),
                plain.columns());
        return useCase(name, named, model);
    }

    /// One whose label is of another type, and says what is to be predicted of it.
    public static UseCase useCase(String name, Column label, Task task) {
        DatasetSchema schema = schema();
        List<Column> columns = new ArrayList<>(schema.columns());
        columns.set(columns.size() - 1, label);
        return useCase(
                name,
                new DatasetSchema(schema.key(), schema.eventTime(), label.name(), schema.personal(), null, columns),
                task,
                null);
    }

    /// The same ships, whose outcome is said otherwise.
    public static Stream<Map<String, Object>> ships(int count, long seed, Object late, Object inTime) {
        return ships(count, seed).peek(ship -> ship.put("late", (Boolean) ship.get("late") ? late : inTime));
    }

    private static UseCase useCase(String name, DatasetSchema schema, String model) {
        return useCase(name, schema, null, model);
    }

    private static UseCase useCase(String name, DatasetSchema schema, Task task, String model) {
        return new UseCase(
                name,
                null,
                schema,
                task,
                new Baseline(List.of(
                        new Condition("speed", null, 12.0, null),
                        new Condition("flag", "PA", null, null),
                        new Condition("heavy", "yes", null, null))),
                new Training(
                        model,
                        List.of(new Recipe.LogisticRegression(10, 0.1), new Recipe.GradientBoosting(20, 3, 0.2)),
                        null,
                        7L),
                null,
                null,
                new ValueMatrix("EUR", 60, -10, -100, 0),
                null);
    }

    public static DatasetSchema schema() {
        return schema(ColumnType.TEXT);
    }

    /// The same with a key of another type.
    public static DatasetSchema schema(ColumnType key) {
        return schema(key, FLAGS);
    }

    /// The same with other flags.
    public static DatasetSchema schemaOfFlags(List<String> flags) {
        return schema(ColumnType.TEXT, flags);
    }

    private static DatasetSchema schema(ColumnType key, List<String> flags) {
        return new DatasetSchema(
                "ship",
                "seen_at",
                "late",
                List.of("ship", "captain"),
                null,
                List.of(
                        new Column("ship", key, null, null, null),
                        new Column("captain", ColumnType.TEXT, Presence.OPTIONAL, null, null),
                        new Column("seen_at", ColumnType.TIMESTAMP, null, null, null),
                        optional("speed", ColumnType.NUMBER),
                        optional("crew", ColumnType.INTEGER),
                        optional("heavy", ColumnType.BOOLEAN),
                        new Column("flag", ColumnType.CATEGORY, Presence.OPTIONAL, flags, null),
                        optional("port", ColumnType.TEXT),
                        optional("built", ColumnType.DATE),
                        optional("left_at", ColumnType.TIMESTAMP),
                        optional("late", ColumnType.BOOLEAN)));
    }

    /// The parts of rows of typed values.
    public static Parts parts(Stream<Map<String, Object>> rows, long expected, UseCase useCase) {
        List<String> columns = Parts.columns(useCase.dataset());
        return Parts.of(
                taker -> rows.forEach(
                        row -> taker.accept(columns.stream().map(row::get).toArray())),
                expected,
                useCase);
    }

    /// So many ships; the same seed gives the same ones.
    public static Stream<Map<String, Object>> ships(int count, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count).mapToObj(number -> ship("s-%d-%d".formatted(seed, number), random));
    }

    /// Ships that bear one of two flags, of which the first is late more often.
    public static Stream<Map<String, Object>> flagged(int count, String often, String seldom) {
        Random random = new Random(count);
        return ships(count, count).peek(ship -> {
            boolean first = random.nextBoolean();
            ship.put("flag", first ? often : seldom);
            ship.put("late", random.nextDouble() < (first ? 0.8 : 0.2));
        });
    }

    private static Map<String, Object> ship(String key, Random random) {
        double speed = 5 + 20 * random.nextDouble();
        boolean heavy = random.nextBoolean();
        String flag = FLAGS.get(random.nextInt(FLAGS.size()));
        String port = PORTS.get((int) (PORTS.size() * random.nextDouble() * random.nextDouble()));
        LocalDate built = LocalDate.of(1980, 1, 1).plusDays(random.nextInt(15_000));
        double logit = (15 - speed) / 4 + (heavy ? 0.8 : -0.8) + (flag.equals("PA") ? 1 : -0.5);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ship", key);
        row.put("captain", "Captain " + key);
        row.put("seen_at", "2026-01-31T12:00:00Z");
        maybe(row, "speed", speed, random);
        maybe(row, "crew", (long) (5 + 40 * random.nextDouble()), random);
        maybe(row, "heavy", heavy, random);
        maybe(row, "flag", flag, random);
        maybe(row, "port", random.nextDouble() < 0.01 ? "port of " + key : port, random);
        maybe(row, "built", built.toString(), random);
        maybe(row, "left_at", "2026-01-%02dT%02d:30:00Z".formatted(1 + random.nextInt(28), random.nextInt(24)), random);
        row.put("late", random.nextDouble() < 1 / (1 + Math.exp(-logit)));
        return row;
    }

    private static void maybe(Map<String, Object> row, String column, Object value, Random random) {
        if (random.nextDouble() >= MISSING) {
            row.put(column, value);
        }
    }

    private static Column optional(String name, ColumnType type) {
        return new Column(name, type, Presence.OPTIONAL, null, null);
    }
}
