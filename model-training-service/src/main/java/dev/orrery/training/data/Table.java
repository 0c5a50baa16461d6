package dev.orrery.training.data;

import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Rows as training holds them: per input an array of 32-bit floats (a missing value is NaN), or of codes of words. A
/// value takes four bytes. Not to be changed once it is made.
public final class Table {

    /// The code of a missing word: the first word of every column is the empty one.
    public static final int MISSING = 0;

    /// Stands for every word that is beyond those which are told apart.
    public static final String BEYOND = "(another word)";

    private final List<Input> inputs;
    private final Object[] columns;
    private final List<List<String>> words;
    private final int size;

    /// @param columns per input a `float[]` or an `int[]`, kept and not copied
    /// @param words   per input the words that its codes stand for; those of a number are none
    Table(List<Input> inputs, Object[] columns, List<List<String>> words, int size) {
        this.inputs = List.copyOf(inputs);
        this.columns = columns;
        this.words = words;
        this.size = size;
    }

    /// Rows of typed values, as they are on topics and in requests.
    ///
    /// @throws IllegalArgumentException naming the column, the value, and what is expected
    public static Table of(List<Input> inputs, List<Map<String, Object>> typedRows) {
        return of(Rows.of(inputs, typedRows));
    }

    /// The same rows.
    public static Table of(Rows rows) {
        List<Input> inputs = rows.inputs();
        Dictionaries dictionaries = new Dictionaries(inputs);
        Object[] columns = new Object[inputs.size()];
        for (int i = 0; i < columns.length; i++) {
            int input = i;
            columns[i] = inputs.get(i).type().isString()
                    ? Arrays.stream(rows.words(i))
                            .mapToInt(word -> dictionaries.code(input, word))
                            .toArray()
                    : rows.numbers(i);
        }
        return new Table(inputs, columns, dictionaries.words(), rows.size());
    }

    public List<Input> inputs() {
        return inputs;
    }

    public int size() {
        return size;
    }

    /// The values of a numeric input, by its place. Read only.
    public float[] numbers(int input) {
        return (float[]) columns[input];
    }

    /// The codes of an input of words, by its place. Read only.
    public int[] codes(int input) {
        return (int[]) columns[input];
    }

    /// The words of an input by their codes.
    public List<String> words(int input) {
        return words.get(input);
    }

    /// A row as a model is given it: each present value as a `Double` or a `String`.
    public Map<String, Object> row(int index) {
        return rows(index, index + 1).row(0);
    }

    /// A row as typed values again: [#of] makes the same row of it.
    public Map<String, Object> typedRow(int index) {
        return rows(index, index + 1).typedRow(0);
    }

    /// Whether a row lacks a value.
    public boolean isIncomplete(int row) {
        return Arrays.stream(columns)
                .anyMatch(column -> column instanceof float[] numbers
                        ? Float.isNaN(numbers[row])
                        : ((int[]) column)[row] == MISSING);
    }

    /// The rows from one place up to another, which is left out, as a scorer takes them.
    public RowBlock block(int from, int to) {
        return RowBlock.of(rows(from, to));
    }

    private Rows rows(int from, int to) {
        List<Object> part = new ArrayList<>(columns.length);
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] instanceof float[] numbers) {
                part.add(Arrays.copyOfRange(numbers, from, to));
            } else {
                List<String> known = words.get(i);
                part.add(Arrays.stream(codes(i), from, to).mapToObj(known::get).toArray(String[]::new));
            }
        }
        return Rows.ofColumns(inputs, part, to - from);
    }
}
