package dev.orrery.training.pack;

import dev.orrery.contracts.Profile;
import dev.orrery.contracts.Profile.Bins;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Output;
import dev.orrery.training.data.Table;
import dev.orrery.training.recipe.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The reference bins of a model: what its training rows and its scores looked like. Dates have none: their values move
/// with the calendar, and a window of today's would differ from yesterday's training rows without any drift.
final class ReferenceProfile {

    private static final int BINS = 10;
    /// The bins beside the regular ones: other, missing.
    private static final int EXTRA = 2;

    private ReferenceProfile() {}

    /// @param unseen scores of rows that the model was not trained on
    static Profile of(Table training, Vocabulary vocabulary, float[] unseen) {
        List<Bins> features = new ArrayList<>();
        for (int i = 0; i < training.inputs().size(); i++) {
            Input input = training.inputs().get(i);
            if (input.type() == ColumnType.DATE || input.type() == ColumnType.TIMESTAMP) {
                continue;
            }
            features.add(
                    input.type().isString()
                            ? ofWords(input.name(), vocabulary.words().get(i), training.codes(i), training.words(i))
                            : ofNumbers(input.name(), training.numbers(i)));
        }
        return new Profile(features, List.of(ofNumbers(Output.SCORE, unseen)));
    }

    private static Bins ofNumbers(String column, float[] values) {
        double[] edges = edges(present(values));
        long[] counts = new long[edges.length + 1 + EXTRA];
        Bins shape = new Bins(column, edges, null, counts.clone());
        for (float value : values) {
            counts[shape.binOf((double) value)]++;
        }
        return new Bins(column, edges, null, counts);
    }

    private static Bins ofWords(String column, List<String> words, int[] codes, List<String> known) {
        long[] counts = new long[words.size() + EXTRA];
        Bins shape = new Bins(column, null, words, counts.clone());
        int[] bins = known.stream().mapToInt(shape::binOf).toArray();
        for (int code : codes) {
            counts[bins[code]]++;
        }
        return new Bins(column, null, words, counts);
    }

    /// Edges of ten bins with about as many values each, or of one bin per value where there are at most ten. A single
    /// value has a bin of its own between two empty ones, or whatever came later would look like it.
    private static double[] edges(float[] sorted) {
        float[] distinct = distinct(sorted);
        if (distinct.length == 1) {
            return new double[] {Math.nextDown(distinct[0]), Math.nextUp(distinct[0])};
        }
        if (distinct.length <= BINS) {
            double[] between = new double[Math.max(0, distinct.length - 1)];
            Arrays.setAll(between, i -> ((double) distinct[i] + distinct[i + 1]) / 2);
            return between;
        }
        double[] quantiles = new double[BINS - 1];
        Arrays.setAll(quantiles, i -> sorted[(int) ((i + 1L) * sorted.length / BINS)]);
        return Arrays.stream(quantiles)
                .distinct()
                .filter(edge -> edge > distinct[0])
                .toArray();
    }

    private static float[] present(float[] values) {
        float[] present = new float[values.length];
        int count = 0;
        for (float value : values) {
            if (!Float.isNaN(value)) {
                // Negative zero sorts below zero, but is no other value.
                present[count++] = value == 0 ? 0 : value;
            }
        }
        present = Arrays.copyOf(present, count);
        Arrays.sort(present);
        return present;
    }

    private static float[] distinct(float[] sorted) {
        float[] distinct = new float[sorted.length];
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                distinct[count++] = sorted[i];
            }
        }
        return Arrays.copyOf(distinct, count);
    }
}
