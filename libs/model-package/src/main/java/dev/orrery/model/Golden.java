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

/// Rows and the scores that the trainer gave them. A model that answers otherwise is not the one that was trained.
///
/// @param rows typed values, as they are on topics and in requests; a missing value is absent
public record Golden(List<Map<String, Object>> rows, List<Double> scores) {

    /// How far a score may be from the trainer's.
    public static final double TOLERANCE = 1e-5;

    public Golden {
        rows = ordered(rows);
        scores = List.copyOf(scores);
        if (rows.isEmpty() || rows.size() != scores.size()) {
            throw new IllegalArgumentException("golden rows need one score each, and there are %d rows and %d scores"
                    .formatted(rows.size(), scores.size()));
        }
    }

    public static Golden read(Path file) throws IOException {
        return Json.MAPPER.readValue(file.toFile(), Golden.class);
    }

    public void write(Path file) throws IOException {
        Json.MAPPER.writeValue(file.toFile(), this);
    }

    /// What is wrong with the model's answers, naming the worst row, or empty when they are the trainer's.
    public Optional<String> check(ScoringModel model) {
        float[] answers;
        try {
            answers = model.score(Rows.of(model.card().inputs(), rows));
        } catch (IllegalArgumentException | UnusableModel e) {
            return Optional.of("the golden rows cannot be asked: " + e.getMessage());
        }
        int worst = 0;
        for (int i = 1; i < answers.length; i++) {
            if (distance(i, answers) > distance(worst, answers)) {
                worst = i;
            }
        }
        return distance(worst, answers) <= TOLERANCE
                ? Optional.empty()
                : Optional.of("golden row %d of %d scores %s and should score %s"
                        .formatted(worst + 1, rows.size(), answers[worst], scores.get(worst)));
    }

    private double distance(int row, float[] answers) {
        double distance = Math.abs(answers[row] - scores.get(row));
        return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
    }

    /// A copy that keeps the order of the columns, so that the file is the same each time it is written.
    private static List<Map<String, Object>> ordered(List<Map<String, Object>> rows) {
        List<Map<String, Object>> copies = new ArrayList<>(rows.size());
        rows.forEach(row -> copies.add(Collections.unmodifiableMap(new LinkedHashMap<>(row))));
        return Collections.unmodifiableList(copies);
    }
}
