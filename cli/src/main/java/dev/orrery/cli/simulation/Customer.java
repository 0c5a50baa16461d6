package dev.orrery.cli.simulation;

import java.time.temporal.Temporal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One simulated customer, as seen on the day of the snapshot, and what came of it.
///
/// @param row         1 is the first customer of the world
/// @param values      each present column, but for the label: Double, Long, Boolean, String, LocalDate or Instant
/// @param probability of churning, given exactly these values: what nobody knows in real life
/// @param churned     what happened
public record Customer(int row, Map<String, Object> values, double probability, boolean churned) {

    public String key() {
        return (String) values.get(Columns.KEY);
    }

    /// The row as a prediction is asked for: without the label, times as text.
    public Map<String, Object> question() {
        Map<String, Object> question = new LinkedHashMap<>(values);
        question.replaceAll((_, value) -> value instanceof Temporal time ? time.toString() : value);
        return question;
    }

    double number(String column) {
        return ((Number) values.get(column)).doubleValue();
    }

    boolean is(String column, String word) {
        return word.equals(values.get(column));
    }

    Optional<Object> value(String column) {
        return Optional.ofNullable(values.get(column));
    }
}
