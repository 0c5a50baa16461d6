package dev.orrery.model;

import dev.orrery.model.ModelCard.Input;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Rows to try a model with, in the form MLflow writes (pandas, orient `split`).
public record InputExample(List<String> columns, List<List<Object>> data) {

    /// The example of these rows; a missing value is null.
    public static InputExample of(List<Input> inputs, List<Map<String, Object>> rows) {
        List<String> columns = inputs.stream().map(Input::name).toList();
        List<List<Object>> data = rows.stream()
                .map(row -> Arrays.asList(columns.stream().map(row::get).toArray()))
                .toList();
        return new InputExample(columns, data);
    }
}
