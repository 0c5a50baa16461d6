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
        RowColumns columns = new RowColumns(card);
        String[] keys = new String[rows.size()];
        for (int i = 0; i < keys.length; i++) {
            columns.require(rows.get(i).keySet(), place(i));
            keys[i] = key(rows.get(i), i, card.key());
        }
        return new Question(RowBlock.of(columns.typed(rows, JsonRows::place)), Arrays.asList(keys));
    }

    private static List<Map<String, Object>> rows(Object body) {
        List<?> elements = body instanceof List<?> array ? array : Arrays.asList(body);
        List<Map<String, Object>> rows = new ArrayList<>(elements.size());
        for (Object element : elements) {
            if (!(element instanceof Map<?, ?>)) {
                throw new Invalid("%s is not a JSON object of columns and values.".formatted(place(rows.size())));
            }
            @SuppressWarnings("unchecked")
            Map<String, Object> row = (Map<String, Object>) element;
            rows.add(row);
        }
        return rows;
    }

    private static String key(Map<String, Object> row, int index, ModelCard.Key column) {
        return column == null ? null : RowKey.of(column, row.get(column.name()), () -> place(index));
    }

    private static String place(int row) {
        return "Row " + (row + 1);
    }
}
