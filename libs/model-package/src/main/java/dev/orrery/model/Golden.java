package dev.orrery.model;

import dev.orrery.contracts.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Rows and the outputs that the trainer gave them. A model that answers otherwise is not the one that was trained.
///
/// @param rows    typed values, as they are on topics and in requests; a missing value is absent
/// @param outputs for each output that the graph computes, by name, one number per row
public record Golden(List<Map<String, Object>> rows, Map<String, List<Double>> outputs) {

    /// How far an answer a may be from the trainer's b: |a - b| ≤ 1e-5 · max(1, |b|).
    public static final double TOLERANCE = 1e-5;

    public Golden {
        rows = ordered(rows);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        int count = rows.size();
        if (rows.isEmpty()
                || outputs.isEmpty()
                || outputs.values().stream().anyMatch(numbers -> numbers.size() != count)) {
            throw new IllegalArgumentException("golden rows need one number each of every output, and there are"
                    + " %d rows and %d outputs".formatted(count, outputs.size()));
        }
    }

    public static Golden read(Path file) throws IOException {
        return Json.MAPPER.readValue(file.toFile(), Golden.class);
    }

    public void write(Path file) throws IOException {
        Json.MAPPER.writeValue(file.toFile(), this);
    }

    /// What is wrong with the model's answers, naming the worst row, or empty when they are the trainer's.
    public Optional<String> check(Scorer model) {
        List<String> computed = computed(model);
        if (!outputs.keySet().equals(Set.copyOf(computed))) {
            return Optional.of("the golden rows are of %s and not of %s".formatted(outputs.keySet(), computed));
        }
        float[][] answers;
        try {
            answers = ask(model);
        } catch (IllegalArgumentException | UnusableModel e) {
            return Optional.of("the golden rows cannot be asked: " + e.getMessage());
        }
        return IntStream.range(0, answers.length)
                .mapToObj(place -> fault(computed.get(place), answers[place]))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// How far any of the model's answers is from the trainer's at most, as [#distance].
    ///
    /// @param model one that [#check] found nothing wrong with
    public double worst(Scorer model) {
        List<String> computed = computed(model);
        float[][] answers = ask(model);
        return IntStream.range(0, answers.length)
                .mapToDouble(place -> worst(computed.get(place), answers[place]))
                .max()
                .orElseThrow();
    }

    private float[][] ask(Scorer model) {
        return model.score(RowBlock.of(Rows.of(model.card().inputs(), rows)));
    }

    private static List<String> computed(Scorer model) {
        return model.card().bindings().outputs().stream()
                .map(Bindings.Out::output)
                .toList();
    }

    private double worst(String output, float[] answers) {
        List<Double> expected = outputs.get(output);
        double worst = 0;
        for (int i = 0; i < answers.length; i++) {
            worst = Math.max(worst, distance(answers[i], expected.get(i)));
        }
        return worst;
    }

    /// How far an answer is from what is expected, relative to the latter where that is above 1: |a - b| / max(1, |b|).
    public static double distance(double answer, double expected) {
        double distance = Math.abs(answer - expected) / Math.max(1, Math.abs(expected));
        return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
    }

    private Optional<String> fault(String output, float[] answers) {
        List<Double> expected = outputs.get(output);
        double worst = worst(output, answers);
        if (worst <= TOLERANCE) {
            return Optional.empty();
        }
        int row = 0;
        while (distance(answers[row], expected.get(row)) < worst) {
            row++;
        }
        return Optional.of("golden row %d of %d: %s is %s and should be %s"
                .formatted(row + 1, rows.size(), output, answers[row], expected.get(row)));
    }

    /// A copy that keeps the order of the columns, so that the file is the same each time it is written.
    private static List<Map<String, Object>> ordered(List<Map<String, Object>> rows) {
        List<Map<String, Object>> copies = new ArrayList<>(rows.size());
        rows.forEach(row -> copies.add(Collections.unmodifiableMap(new LinkedHashMap<>(row))));
        return Collections.unmodifiableList(copies);
    }
}
