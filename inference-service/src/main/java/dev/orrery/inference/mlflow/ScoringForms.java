package dev.orrery.inference.mlflow;

import dev.orrery.inference.StrictJson;
import dev.orrery.inference.prediction.Question;
import dev.orrery.inference.rows.JsonRows;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The forms in which MLflow's scoring server takes rows: `dataframe_split`, `dataframe_records`, `instances` and
/// `inputs`. Rows without names have the model's columns in their order.
@Singleton
class ScoringForms {

    private static final List<String> FORMS = List.of("dataframe_split", "dataframe_records", "instances", "inputs");
    private static final Set<String> ASIDE = Set.of("params", "client_request_id");

    private final JsonRows rows;

    ScoringForms(JsonRows rows) {
        this.rows = rows;
    }

    /// @throws Invalid naming the row, the column and what is expected
    Question read(byte[] body, ModelCard card) {
        if (!(StrictJson.read(body, Object.class) instanceof Map<?, ?> request)) {
            throw new Invalid("The body must be an object with one of %s.".formatted(FORMS));
        }
        List<String> given = FORMS.stream().filter(request::containsKey).toList();
        if (given.size() != 1) {
            throw new Invalid("The body must have exactly one of %s, and has %s.".formatted(FORMS, request.keySet()));
        }
        requireNoParameters(request, given.getFirst());
        String form = given.getFirst();
        Object content = request.get(form);
        List<?> elements = switch (form) {
            case "dataframe_split" -> split(content);
            case "dataframe_records" -> list(form, content);
            default -> content instanceof Map<?, ?> columns ? columns(form, columns) : unnamed(form, content, card);
        };
        return rows.question(elements, row -> "Row " + (row + 1), card);
    }

    private static void requireNoParameters(Map<?, ?> request, String form) {
        for (Map.Entry<?, ?> other : request.entrySet()) {
            boolean empty = other.getValue() == null || other.getValue() instanceof Map<?, ?> map && map.isEmpty();
            if (!other.getKey().equals(form) && !(ASIDE.contains(other.getKey()) && empty)) {
                throw new Invalid(
                        "The body has '%s', which no model here takes; leave it out.".formatted(other.getKey()));
            }
        }
    }

    /// `{"columns": […], "data": [[…], …]}`; an index may come along.
    private static List<Object> split(Object content) {
        if (!(content instanceof Map<?, ?> frame)
                || !(frame.get("columns") instanceof List<?> columns)
                || !(frame.get("data") instanceof List<?> data)) {
            throw new Invalid("dataframe_split needs an object with columns and data.");
        }
        List<Object> elements = new ArrayList<>(data.size());
        for (Object line : data) {
            elements.add(row(columns, line, elements.size()));
        }
        return elements;
    }

    /// Objects, or arrays of the model's columns; a single row may stand alone where it has several columns.
    private static List<?> unnamed(String form, Object content, ModelCard card) {
        List<String> names = card.inputs().stream().map(Input::name).toList();
        List<Object> elements = new ArrayList<>();
        for (Object line : list(form, content)) {
            Object row =
                    line instanceof Map<?, ?> || line instanceof List<?> || names.size() > 1 ? line : List.of(line);
            elements.add(row instanceof List<?> ? row(names, row, elements.size()) : row);
        }
        return elements;
    }

    /// `{"column": [value of each row], …}`.
    private static List<Object> columns(String form, Map<?, ?> columns) {
        int size = -1;
        List<Object> elements = new ArrayList<>();
        for (Map.Entry<?, ?> column : columns.entrySet()) {
            List<?> values = column.getValue() instanceof List<?> list ? list : Arrays.asList(column.getValue());
            if (size < 0) {
                size = values.size();
                for (int row = 0; row < size; row++) {
                    elements.add(new LinkedHashMap<String, Object>());
                }
            }
            if (values.size() != size) {
                throw new Invalid("%s: column '%s' has %d values, and the first column has %d."
                        .formatted(form, column.getKey(), values.size(), size));
            }
            for (int row = 0; row < size; row++) {
                Object value =
                        values.get(row) instanceof List<?> one && one.size() == 1 ? one.getFirst() : values.get(row);
                @SuppressWarnings("unchecked")
                Map<String, Object> named = (Map<String, Object>) elements.get(row);
                named.put(String.valueOf(column.getKey()), value);
            }
        }
        return elements;
    }

    private static Map<String, Object> row(List<?> names, Object line, int index) {
        if (!(line instanceof List<?> values) || values.size() != names.size()) {
            throw new Invalid("Row %d needs an array of %d values, one for each of %s."
                    .formatted(index + 1, names.size(), names));
        }
        Map<String, Object> row = LinkedHashMap.newLinkedHashMap(names.size());
        for (int column = 0; column < values.size(); column++) {
            String name = String.valueOf(names.get(column));
            if (row.containsKey(name)) {
                throw new Invalid("Column '%s' is there twice.".formatted(name));
            }
            row.put(name, values.get(column));
        }
        return row;
    }

    private static List<?> list(String form, Object content) {
        if (!(content instanceof List<?> list)) {
            throw new Invalid("%s needs an array of rows.".formatted(form));
        }
        return list;
    }
}
