package dev.orrery.training.data;

import dev.orrery.model.ModelCard.Input;
import java.util.Arrays;
import java.util.List;

/// Rows that arrive one by one, kept as columns.
final class TableBuilder {

    private static final int LEAST_CAPACITY = 1024;
    /// The longest array that a JVM has.
    private static final int MOST_ROWS = Integer.MAX_VALUE - 8;

    private final List<Input> inputs;
    private final Object[] columns;
    private boolean[] labels;
    private int size;

    /// @param expected about how many rows come
    TableBuilder(List<Input> inputs, long expected) {
        int capacity = Math.clamp(expected, LEAST_CAPACITY, MOST_ROWS);
        this.inputs = inputs;
        this.columns = inputs.stream()
                .<Object>map(input -> input.type().isString() ? new int[capacity] : new float[capacity])
                .toArray();
        this.labels = new boolean[capacity];
    }

    /// Adds a row.
    ///
    /// @param numbers its values at the places of numeric inputs
    /// @param codes   its words at the places of the others
    void add(float[] numbers, int[] codes, boolean label) {
        if (size == labels.length) {
            resize((int) Math.min(MOST_ROWS, size + (long) size / 2));
        }
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] instanceof float[] column) {
                column[size] = numbers[i];
            } else {
                ((int[]) columns[i])[size] = codes[i];
            }
        }
        labels[size++] = label;
    }

    Labelled build(Dictionaries dictionaries) {
        resize(size);
        return new Labelled(new Table(inputs, columns, dictionaries.words(), size), labels);
    }

    private void resize(int capacity) {
        for (int i = 0; i < columns.length; i++) {
            columns[i] = columns[i] instanceof float[] numbers
                    ? Arrays.copyOf(numbers, capacity)
                    : Arrays.copyOf((int[]) columns[i], capacity);
        }
        labels = Arrays.copyOf(labels, capacity);
    }
}
