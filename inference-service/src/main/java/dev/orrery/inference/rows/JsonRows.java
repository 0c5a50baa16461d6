package dev.orrery.inference.rows;

import dev.orrery.inference.InferenceConfig;
import dev.orrery.inference.StrictJson;
import dev.orrery.inference.prediction.Question;
import dev.orrery.inference.prediction.RequestLimits;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.model.ModelCard;
import dev.orrery.model.RowBlock;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// Rows as JSON objects. A column that a row does not have is missing; one that its dataset does not have is an error.
@Singleton
public class JsonRows {

    private final int most;

    JsonRows(InferenceConfig config) {
        most = config.maxRows();
    }

    /// One row, or an array of rows.
    ///
    /// @throws Invalid naming the row, the column and what is expected
    public Question read(byte[] body, ModelCard card) {
        Object content = StrictJson.read(body, Object.class);
        List<?> elements = content instanceof List<?> array ? array : Arrays.asList(content);
        return question(elements, JsonRows::place, card);
    }

    /// A row after the other, each on a line of its own.
    Question readLines(byte[] body, ModelCard card) {
        List<StrictJson.Line> lines = StrictJson.readLines(body);
        return question(
                lines.stream().map(StrictJson.Line::content).toList(),
                row -> "Line " + lines.get(row).number(),
                card);
    }

    /// The rows of a body that was read.
    ///
    /// @param elements of which each should be an object
    /// @param place    names a row, by its index
    /// @throws Invalid naming the row, the column and what is expected
    public Question question(List<?> elements, IntFunction<String> place, ModelCard card) {
        List<Map<String, Object>> rows = rows(elements, place);
        if (rows.isEmpty()) {
            throw new Invalid("The array is empty; it needs at least one row.");
        }
        RequestLimits.requireRows(rows.size(), most);
        RowColumns columns = new RowColumns(card);
        String[] keys = new String[rows.size()];
        for (int i = 0; i < keys.length; i++) {
            columns.require(rows.get(i).keySet(), place.apply(i));
            keys[i] = key(rows.get(i), place, i, card.key());
        }
        return new Question(RowBlock.of(columns.typed(rows, place)), Arrays.asList(keys));
    }

    private static List<Map<String, Object>> rows(List<?> elements, IntFunction<String> place) {
        List<Map<String, Object>> rows = new ArrayList<>(elements.size());
        for (Object element : elements) {
            if (!(element instanceof Map<?, ?>)) {
                throw new Invalid("%s is not a JSON object of columns and values.".formatted(place.apply(rows.size())));
            }
            @SuppressWarnings("unchecked")
            Map<String, Object> row = (Map<String, Object>) element;
            rows.add(row);
        }
        return rows;
    }

    private static String key(Map<String, Object> row, IntFunction<String> place, int index, ModelCard.Key column) {
        return column == null ? null : RowKey.of(column, row.get(column.name()), () -> place.apply(index));
    }

    private static String place(int index) {
        return "Row " + (index + 1);
    }
}
