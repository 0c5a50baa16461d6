package dev.orrery.inference.prediction;

import dev.orrery.contracts.Names;
import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.StrictJson;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Rows;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Rows as JSON objects. A column that a row does not have is missing; one that its dataset does not have is an error.
@Singleton
class JsonRows {

    private final int most;

    JsonRows(InferenceConfig config) {
        most = config.maxRows();
    }

    Question read(byte[] body, ModelCard card) {
        List<Map<String, Object>> rows = rows(StrictJson.read(body, Object.class));
        if (rows.isEmpty()) {
            throw new Invalid("The array is empty; it needs at least one row.");
        }
        RequestLimits.requireRows(rows.size(), most);
        String[] keys = new String[rows.size()];
        for (int i = 0; i < keys.length; i++) {
            requireKnown(rows.get(i), i, card);
            keys[i] = key(rows.get(i), i, card.key().name());
        }
        return new Question(typed(card.inputs(), rows), Arrays.asList(keys));
    }

    private static List<Map<String, Object>> rows(Object body) {
        List<?> elements = body instanceof List<?> array ? array : Arrays.asList(body);
        List<Map<String, Object>> rows = new ArrayList<>(elements.size());
        for (Object element : elements) {
            if (!(element instanceof Map<?, ?>)) {
                throw new Invalid("Row %d is not a JSON object of columns and values.".formatted(rows.size() + 1));
            }
            @SuppressWarnings("unchecked")
            Map<String, Object> row = (Map<String, Object>) element;
            rows.add(row);
        }
        return rows;
    }

    private static void requireKnown(Map<String, Object> row, int index, ModelCard card) {
        int used = 0;
        for (Input input : card.inputs()) {
            used += row.containsKey(input.name()) ? 1 : 0;
        }
        if (used == 0) {
            throw new Invalid("Row %d has none of the model's columns: %s."
                    .formatted(index + 1, String.join(", ", names(card.inputs()))));
        }
        if (used == row.size()) {
            return;
        }
        List<String> known = Stream.concat(names(card.inputs()).stream(), card.ignored().stream())
                .toList();
        for (String column : row.keySet()) {
            if (!known.contains(column)) {
                throw new Invalid("Row %d has a column '%s' that the dataset does not have.%s"
                        .formatted(index + 1, column, Names.suggestion(column, known)));
            }
        }
    }

    private static String key(Map<String, Object> row, int index, String column) {
        Object key = row.get(column);
        return switch (key) {
            case null -> null;
            case String word -> word.isEmpty() ? null : word;
            case Number number -> number.toString();
            default ->
                throw new Invalid("Row %d: the key '%s' needs a string or a number.".formatted(index + 1, column));
        };
    }

    private static Rows typed(List<Input> inputs, List<Map<String, Object>> rows) {
        try {
            return Rows.of(inputs, rows);
        } catch (IllegalArgumentException e) {
            throw new Invalid(place(inputs, rows, e));
        }
    }

    /// The columns are read one after the other, so only a second look tells the row that was wrong.
    private static String place(List<Input> inputs, List<Map<String, Object>> rows, IllegalArgumentException e) {
        for (int i = 0; i < rows.size(); i++) {
            try {
                Rows.of(inputs, List.of(rows.get(i)));
            } catch (IllegalArgumentException first) {
                return "Row %d: %s".formatted(i + 1, first.getMessage());
            }
        }
        return e.getMessage();
    }

    private static List<String> names(List<Input> inputs) {
        return inputs.stream().map(Input::name).toList();
    }
}
