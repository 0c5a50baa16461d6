package dev.orrery.monitoring.drift;

import dev.orrery.contracts.Profile;
import dev.orrery.contracts.Profile.Bins;
import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsHeader;
import dev.orrery.contracts.event.PredictionsMade;
import dev.orrery.contracts.event.PredictionsReader;
import dev.orrery.contracts.event.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// A seeded world of eleven features: numbers, words with a rare one of 1 %, and some missing values. Its score follows
/// two of the numbers.
public final class World {

    public static final List<String> COLUMNS = names();
    public static final List<String> OUTPUTS = List.of("score", "decision");

    private static final PredictionsHeader HEADER = new PredictionsHeader(
            "world", 1, "world", 1, Role.CHAMPION, "onnxruntime", null, null, "world", COLUMNS, OUTPUTS);
    private static final int TRAINING_ROWS = 4000;
    private static final int HOLDOUT_ROWS = 1000;
    private static final int DECILES = 10;
    private static final double MISSING = 0.005;
    private static final List<String> WORDS = List.of("monthly", "yearly", "weekly", "trial");
    private static final double[] SHARES = {0.55, 0.33, 0.11, 0.01};

    private final Random random;
    private final Map<String, Double> shifts = new HashMap<>();

    public World(long seed) {
        random = new Random(seed);
    }

    /// From now on a number is higher by so many standard deviations.
    public World shift(String column, double deviations) {
        shifts.put(column, deviations);
        return this;
    }

    public World unshifted() {
        shifts.clear();
        return this;
    }

    /// One prediction, as its block has it.
    public Prediction prediction(long sequence, Instant at) {
        Map<String, Object> row = row();
        double score = score(row);
        List<Object> cells = new ArrayList<>();
        COLUMNS.forEach(column -> cells.add(row.get(column)));
        return new Prediction(sequence, at, 1000, "entity-" + sequence % 97, null, cells, List.of(score, score >= 0.5));
    }

    /// One row as a model is given it; a missing value is absent.
    private Map<String, Object> row() {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < 7; i++) {
            String column = "number_" + i;
            double value = random.nextGaussian() + shifts.getOrDefault(column, 0.0);
            if (random.nextDouble() >= MISSING) {
                row.put(column, value);
            }
        }
        for (int i = 0; i < 3; i++) {
            row.put("word_" + i, word());
        }
        row.put("flag", random.nextDouble() < 0.2 ? 1.0 : 0.0);
        return row;
    }

    private double score(Map<String, Object> row) {
        double logit = -1.0 + 0.8 * number(row, "number_0") + 0.5 * number(row, "number_1");
        return 1 / (1 + Math.exp(-logit));
    }

    /// What a model trained in this world would be compared with.
    public Profile profile() {
        List<Map<String, Object>> rows = rows(TRAINING_ROWS);
        List<Bins> features = new ArrayList<>();
        for (String column : COLUMNS) {
            List<Object> values = rows.stream().map(row -> row.get(column)).toList();
            features.add(column.startsWith("word") ? words(column, values) : numbers(column, values));
        }
        List<Object> scores =
                rows(HOLDOUT_ROWS).stream().<Object>map(this::score).toList();
        return new Profile(features, List.of(numbers("score", scores)));
    }

    /// A window of predictions, counted.
    public Counts window(Profile profile, int predictions) {
        Binning binning = new Binning(profile);
        Counts counts = Counts.empty(binning);
        List<Prediction> rows = IntStream.range(0, predictions)
                .mapToObj(i -> prediction(i, Instant.EPOCH))
                .toList();
        counts.count(read(binning, HEADER, rows), 0, predictions);
        return counts;
    }

    /// Predictions and their bins, as they are read from a block.
    public static BinnedRows read(Binning binning, PredictionsHeader header, List<Prediction> rows) {
        byte[] block = new PredictionsMade(header, rows).encoded().data();
        return BinnedRows.read(binning, new PredictionsReader(block));
    }

    private List<Map<String, Object>> rows(int count) {
        return IntStream.range(0, count).mapToObj(_ -> row()).toList();
    }

    private static List<String> names() {
        List<String> columns = new ArrayList<>();
        IntStream.range(0, 7).forEach(i -> columns.add("number_" + i));
        IntStream.range(0, 3).forEach(i -> columns.add("word_" + i));
        columns.add("flag");
        return columns;
    }

    private String word() {
        double at = random.nextDouble();
        for (int i = 0; i < SHARES.length; i++) {
            at -= SHARES[i];
            if (at < 0) {
                return WORDS.get(i);
            }
        }
        return WORDS.getFirst();
    }

    private static double number(Map<String, Object> row, String column) {
        return row.get(column) instanceof Double value ? value : 0;
    }

    private static Bins numbers(String column, List<Object> values) {
        double[] sorted = values.stream()
                .filter(Double.class::isInstance)
                .mapToDouble(value -> (Double) value)
                .sorted()
                .toArray();
        double[] edges = IntStream.range(1, DECILES)
                .mapToDouble(i -> sorted[sorted.length * i / DECILES])
                .distinct()
                .toArray();
        return counted(new Bins(column, edges, null, new long[edges.length + 3]), values);
    }

    private static Bins words(String column, List<Object> values) {
        return counted(new Bins(column, null, WORDS, new long[WORDS.size() + 2]), values);
    }

    private static Bins counted(Bins bins, List<Object> values) {
        long[] counts = bins.counts().clone();
        values.forEach(value -> counts[bins.binOf(value)]++);
        return new Bins(
                bins.column(),
                bins.edges() == null ? null : Arrays.copyOf(bins.edges(), bins.edges().length),
                bins.words(),
                counts);
    }
}
