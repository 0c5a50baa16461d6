package dev.orrery.model;

import dev.orrery.model.ModelCard.Input;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/// Rows as a model takes them: per input an array of 32-bit floats (a missing value is NaN) or of numbers of words (a
/// missing one is [Words#NONE]). Made once and filled again and again. Not for several threads.
public final class RowBlock {

    /// Rows beyond which a block gives its room back when it is cleared.
    private static final int KEPT = 1024;

    private final List<Input> inputs;
    private final Words words = new Words();
    private final float[][] numbers;
    private final int[][] codes;
    private final int first;
    private int capacity;
    private int size;
    private Object keeper;
    private Object kept;

    /// @param capacity rows for which there is room at first
    public RowBlock(List<Input> inputs, int capacity) {
        this.inputs = inputs;
        this.first = capacity;
        numbers = new float[inputs.size()][];
        codes = new int[inputs.size()][];
        allocate(capacity);
    }

    /// A block of rows that are columns already.
    public static RowBlock of(Rows rows) {
        RowBlock block = new RowBlock(rows.inputs(), rows.size());
        block.add(rows);
        return block;
    }

    public List<Input> inputs() {
        return inputs;
    }

    public int size() {
        return size;
    }

    /// The words that its codes stand for.
    public Words words() {
        return words;
    }

    /// The values of a numeric input, by its place; those beyond [#size] mean nothing. Null where the input is words.
    public float[] numbers(int input) {
        return numbers[input];
    }

    /// The words of an input, by its place; those beyond [#size] mean nothing. Null where the input is numbers.
    public int[] codes(int input) {
        return codes[input];
    }

    /// What whoever scores the rows keeps with the block from one time to the next; that of one at a time is kept.
    ///
    /// @param owner whose it is
    /// @param make  makes it anew
    public <T> T kept(Object owner, Class<T> type, Supplier<T> make) {
        if (keeper != owner) {
            kept = make.get();
            keeper = owner;
        }
        return type.cast(kept);
    }

    /// Forgets the rows; words that it has met stay known as long as they are few.
    public void clear() {
        size = 0;
        words.clear();
        if (capacity > Math.max(KEPT, first)) {
            allocate(first);
        }
    }

    /// Adds rows whose values are all missing, and returns the place of the first.
    public int add(int rows) {
        int from = size;
        require(size + rows);
        size += rows;
        for (int input = 0; input < numbers.length; input++) {
            if (numbers[input] != null) {
                Arrays.fill(numbers[input], from, size, Float.NaN);
            } else {
                Arrays.fill(codes[input], from, size, Words.NONE);
            }
        }
        return from;
    }

    /// Puts a typed value, as it is on topics and in requests, in its place.
    ///
    /// @throws IllegalArgumentException naming the column, the value, and what is expected
    public void put(int input, int row, Object value) {
        if (numbers[input] != null) {
            numbers[input][row] = Values.number(inputs.get(input), value);
        } else {
            codes[input][row] = words.number(Values.word(inputs.get(input), value));
        }
    }

    /// Adds rows that are columns already.
    public void add(Rows rows) {
        requireInputs(rows.inputs());
        int from = size;
        require(size + rows.size());
        size += rows.size();
        for (int input = 0; input < numbers.length; input++) {
            if (numbers[input] != null) {
                System.arraycopy(rows.numbers(input), 0, numbers[input], from, rows.size());
            } else {
                String[] column = rows.words(input);
                for (int row = 0; row < column.length; row++) {
                    codes[input][from + row] = words.number(column[row]);
                }
            }
        }
    }

    /// The same rows in a block of their own, with no words but theirs.
    public RowBlock copy() {
        RowBlock copy = new RowBlock(inputs, size);
        copy.size = size;
        for (int input = 0; input < numbers.length; input++) {
            if (numbers[input] != null) {
                System.arraycopy(numbers[input], 0, copy.numbers[input], 0, size);
            } else {
                for (int row = 0; row < size; row++) {
                    byte[] word = words.utf8(codes[input][row]);
                    copy.codes[input][row] = copy.words.number(word, 0, word.length);
                }
            }
        }
        return copy;
    }

    /// @throws IllegalArgumentException unless the rows are for these inputs
    void requireInputs(List<Input> others) {
        if (inputs != others && !inputs.equals(others)) {
            throw new IllegalArgumentException("the rows are for another model's inputs");
        }
    }

    private void require(int rows) {
        if (rows > capacity) {
            capacity = Math.max(rows, 2 * capacity);
            for (int input = 0; input < numbers.length; input++) {
                if (numbers[input] != null) {
                    numbers[input] = Arrays.copyOf(numbers[input], capacity);
                } else {
                    codes[input] = Arrays.copyOf(codes[input], capacity);
                }
            }
        }
    }

    private void allocate(int rows) {
        capacity = rows;
        for (int input = 0; input < numbers.length; input++) {
            if (inputs.get(input).type().isString()) {
                codes[input] = new int[rows];
            } else {
                numbers[input] = new float[rows];
            }
        }
    }
}
