package dev.orrery.model;

import dev.orrery.model.ModelCard.Input;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// A batch of rows as a model takes them: one array per input, of floats (a missing value is NaN) or of strings (a
/// missing value is empty). Not to be changed once it is made.
public final class Rows {

    private final List<Input> inputs;
    private final List<Object> columns;
    private final int size;

    private Rows(List<Input> inputs, List<Object> columns, int size) {
        this.inputs = inputs;
        this.columns = columns;
        this.size = size;
    }

    /// The rows of typed values, as they are on topics and in requests; other keys than the inputs are left aside.
    ///
    /// @throws IllegalArgumentException naming the column, the value, and what is expected
    public static Rows of(List<Input> inputs, List<Map<String, Object>> typedRows) {
        List<Object> columns = inputs.stream()
                .<Object>map(input -> input.type().isString() ? words(input, typedRows) : numbers(input, typedRows))
                .toList();
        return new Rows(List.copyOf(inputs), columns, typedRows.size());
    }

    /// Rows that are columns already: for each input, in order, a `float[]` or a `String[]`, kept and not copied.
    ///
    /// @throws IllegalArgumentException naming the column whose array is of another kind or length
    public static Rows ofColumns(List<Input> inputs, List<?> columns, int size) {
        if (columns.size() != inputs.size()) {
            throw new IllegalArgumentException(
                    "the model takes %d columns, not %d".formatted(inputs.size(), columns.size()));
        }
        for (int i = 0; i < inputs.size(); i++) {
            requireColumn(inputs.get(i), columns.get(i), size);
        }
        return new Rows(List.copyOf(inputs), List.copyOf(columns), size);
    }

    public int size() {
        return size;
    }

    public List<Input> inputs() {
        return inputs;
    }

    /// A row as the model was given it: each present value as a `Double` or a `String`.
    public Map<String, Object> row(int index) {
        return row(index, (_, number) -> (double) number);
    }

    /// A row as typed values again: [#of] makes the same row of it.
    public Map<String, Object> typedRow(int index) {
        return row(index, Values::typed);
    }

    private Map<String, Object> row(int index, BiFunction<Input, Float, Object> ofNumber) {
        Map<String, Object> row = LinkedHashMap.newLinkedHashMap(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            Input input = inputs.get(i);
            switch (columns.get(i)) {
                case float[] numbers
                when !Float.isNaN(numbers[index]) -> row.put(input.name(), ofNumber.apply(input, numbers[index]));
                case String[] words when !words[index].isEmpty() -> row.put(input.name(), words[index]);
                default -> {}
            }
        }
        return row;
    }

    /// The values of a numeric input, by its place. Read only.
    public float[] numbers(int input) {
        return (float[]) columns.get(input);
    }

    /// The values of an input of words, by its place. Read only.
    public String[] words(int input) {
        return (String[]) columns.get(input);
    }

    Object column(int input) {
        return columns.get(input);
    }

    private static float[] numbers(Input input, List<Map<String, Object>> rows) {
        float[] numbers = new float[rows.size()];
        int i = 0;
        for (Map<String, Object> row : rows) {
            numbers[i++] = Values.number(input, row.get(input.name()));
        }
        return numbers;
    }

    private static String[] words(Input input, List<Map<String, Object>> rows) {
        String[] words = new String[rows.size()];
        int i = 0;
        for (Map<String, Object> row : rows) {
            words[i++] = Values.word(input, row.get(input.name()));
        }
        return words;
    }

    private static void requireColumn(Input input, Object column, int size) {
        int length = switch (column) {
            case float[] numbers when !input.type().isString() -> numbers.length;
            case String[] words when input.type().isString() -> words.length;
            default ->
                throw new IllegalArgumentException("column '%s' needs %s"
                        .formatted(input.name(), input.type().isString() ? "strings" : "32-bit floats"));
        };
        if (length != size) {
            throw new IllegalArgumentException(
                    "column '%s' has %d values, not %d".formatted(input.name(), length, size));
        }
    }
}
