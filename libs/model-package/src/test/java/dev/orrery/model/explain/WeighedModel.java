package dev.orrery.model.explain;

import dev.orrery.contracts.usecase.Task;
import dev.orrery.model.Output;
import dev.orrery.model.RowBlock;
import java.util.List;
import java.util.stream.IntStream;

/// Weights of numbers that are scaled, clipped and marked where they are missing, and of marks of words.
final class WeighedModel extends MadeModel {

    private static final int[] COLUMNS = {0, 1, 2, 3, 0, 1, 2, 3, 4, 4, 4};
    private static final float[] MEANS = {15, 25, 0.5f, 10_000};
    private static final float[] SCALES = {0.2f, 0.1f, 2, 0.0002f};
    private static final float CLIP = 10;

    private final Weights weights;
    private final List<Reading> readings;

    WeighedModel(Task task, List<Output> outputs, boolean isKnown, Weights weights, List<Reading> readings) {
        super(task, outputs, isKnown);
        this.weights = weights;
        this.readings = readings;
    }

    static WeighedModel binary(boolean isKnown) {
        float[] weights = {-1.5f, 0.4f, 0.9f, 0.3f, 0.2f, -0.1f, 0.05f, 0.1f, -0.7f, 1.1f, 0.2f};
        return new WeighedModel(
                binary(),
                yesOrNo(),
                isKnown,
                new Weights(new float[][] {weights}, new float[] {-0.3f}),
                List.of(new Reading(Link.LOGISTIC, 0, false)));
    }

    @Override
    public int[] columns() {
        return COLUMNS;
    }

    @Override
    public void read(RowBlock rows, int row, float[] features) {
        int numbers = MEANS.length;
        for (int column = 0; column < numbers; column++) {
            float number = rows.numbers(column)[row];
            boolean missing = Float.isNaN(number);
            float scaled = missing ? 0 : (number - MEANS[column]) * SCALES[column];
            features[column] = Math.clamp(scaled, -CLIP, CLIP);
            features[numbers + column] = missing ? 1 : 0;
        }
        String flag = rows.words().text(rows.codes(numbers)[row]);
        for (int word = 0; word < FLAGS.size(); word++) {
            features[2 * numbers + word] = FLAGS.get(word).equals(flag) ? 1 : 0;
        }
    }

    @Override
    public Sums sums() {
        return weights;
    }

    @Override
    public List<Reading> readings() {
        return readings;
    }

    @Override
    double[] raw(float[] features) {
        return IntStream.range(0, weights.biases().length)
                .mapToDouble(sum -> weights.biases()[sum]
                        + IntStream.range(0, features.length)
                                .mapToDouble(i -> (double) weights.weights()[sum][i] * features[i])
                                .sum())
                .toArray();
    }
}
