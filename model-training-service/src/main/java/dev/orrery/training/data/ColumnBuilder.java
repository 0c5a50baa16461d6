package dev.orrery.training.data;

import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Rows that arrive one by one, kept as columns: 200,000 rows of 20 columns take some 16 MB this way.
final class ColumnBuilder {

    private static final int LEAST_CAPACITY = 1024;
    /// From here on a column's words rarely repeat, and remembering them costs more than it saves.
    private static final int MOST_SHARED_WORDS = 10_000;

    private final List<Input> inputs;
    private final Object[] columns;
    private final List<Map<String, String>> words = new ArrayList<>();
    private boolean[] labels;
    private int size;

    ColumnBuilder(List<Input> inputs, long expected) {
        int capacity = (int) Math.max(LEAST_CAPACITY, Math.min(expected, Integer.MAX_VALUE / 2));
        this.inputs = inputs;
        this.columns = inputs.stream()
                .<Object>map(input -> input.type().isString() ? new String[capacity] : new float[capacity])
                .toArray();
        this.labels = new boolean[capacity];
        inputs.forEach(_ -> words.add(new HashMap<>()));
    }

    /// Adds a row, which comes alone.
    void add(Rows single, boolean label) {
        if (size == labels.length) {
            resize(size * 2);
        }
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] instanceof float[] numbers) {
                numbers[size] = single.numbers(i)[0];
            } else {
                ((String[]) columns[i])[size] = shared(i, single.words(i)[0]);
            }
        }
        labels[size++] = label;
    }

    Labelled build() {
        resize(size);
        return new Labelled(Rows.ofColumns(inputs, List.of(columns), size), labels);
    }

    private String shared(int column, String word) {
        Map<String, String> known = words.get(column);
        String same = known.get(word);
        if (same == null && known.size() < MOST_SHARED_WORDS) {
            known.put(word, word);
        }
        return same == null ? word : same;
    }

    private void resize(int capacity) {
        for (int i = 0; i < columns.length; i++) {
            columns[i] = columns[i] instanceof float[] numbers
                    ? Arrays.copyOf(numbers, capacity)
                    : Arrays.copyOf((String[]) columns[i], capacity);
        }
        labels = Arrays.copyOf(labels, capacity);
    }
}
