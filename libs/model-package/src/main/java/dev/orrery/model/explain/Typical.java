package dev.orrery.model.explain;

import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.model.Golden;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// What rows of a model are like, as far as its golden rows tell: those that have any value.
final class Typical {

    private final List<Input> inputs;
    private final RowBlock rows;
    /// Per column the numbers that are present, in their order; null where it is words.
    private final float[][] numbers;
    private final double[] spreads;

    Typical(List<Input> inputs, Golden golden) {
        this.inputs = inputs;
        List<Map<String, Object>> told =
                golden.rows().stream().filter(row -> !row.isEmpty()).toList();
        rows = RowBlock.of(Rows.of(inputs, told.isEmpty() ? golden.rows() : told));
        numbers = new float[inputs.size()][];
        spreads = new double[inputs.size()];
        for (int column = 0; column < numbers.length; column++) {
            if (rows.numbers(column) != null) {
                numbers[column] = present(rows.numbers(column), rows.size());
                spreads[column] = spread(numbers[column]);
            }
        }
    }

    RowBlock rows() {
        return rows;
    }

    /// The numbers of a column that are present, in their order. Read only.
    float[] numbers(int column) {
        return numbers[column];
    }

    /// A usual number of a column; 0 where none is present.
    float middle(int column) {
        float[] present = numbers[column];
        return present.length == 0 ? 0 : present[present.length / 2];
    }

    /// How far the numbers of a column lie from each other: their standard deviation, or 1 where they do
    /// not differ.
    double spread(int column) {
        return spreads[column];
    }

    /// The words that a column may have, the dataset's and those that were met.
    SortedSet<String> words(int column) {
        SortedSet<String> words = new TreeSet<>(inputs.get(column).domain());
        for (int row = 0; row < rows.size(); row++) {
            words.add(rows.words().text(rows.codes(column)[row]));
        }
        words.remove("");
        return words;
    }

    boolean isWhole(int column) {
        ColumnType type = inputs.get(column).type();
        return type == ColumnType.INTEGER || type == ColumnType.DATE;
    }

    private static float[] present(float[] column, int size) {
        float[] present = new float[size];
        int count = 0;
        for (int row = 0; row < size; row++) {
            if (!Float.isNaN(column[row])) {
                present[count++] = column[row];
            }
        }
        float[] sorted = Arrays.copyOf(present, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static double spread(float[] numbers) {
        double mean = 0;
        for (float number : numbers) {
            mean += number / numbers.length;
        }
        double squares = 0;
        for (float number : numbers) {
            squares += (number - mean) * (number - mean) / numbers.length;
        }
        return squares > 0 && Double.isFinite(squares) ? Math.sqrt(squares) : 1;
    }
}
