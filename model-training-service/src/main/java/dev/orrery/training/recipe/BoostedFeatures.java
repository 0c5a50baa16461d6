package dev.orrery.training.recipe;

import dev.orrery.model.ModelCard.Input;
import dev.orrery.training.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.LabeledPoint;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/// Rows as boosting sees them: numbers as they are, a missing one absent; every known word, and a missing one, its own
/// mark, absent where it is not the row's. So a row costs one entry per column, however many words there are.
final class BoostedFeatures {

    private final List<Input> inputs;
    private final int[] numbers;
    private final int[] words;
    private final WordIndex index;
    /// Which input each feature comes from.
    private final int[] origins;

    BoostedFeatures(List<Input> inputs, Vocabulary vocabulary) {
        this.inputs = inputs;
        this.numbers = WordIndex.places(inputs, false);
        this.words = WordIndex.places(inputs, true);
        this.index = new WordIndex(inputs, vocabulary, numbers.length);
        this.origins = Arrays.copyOf(numbers, index.end());
        for (int input : words) {
            for (String word : index.words(input)) {
                origins[index.feature(input, word)] = input;
            }
        }
    }

    List<Input> inputs() {
        return inputs;
    }

    boolean isWord(int feature) {
        return feature >= numbers.length;
    }

    /// The place of the input that a feature comes from.
    int origin(int feature) {
        return origins[feature];
    }

    /// The rows in XGBoost's own memory, handed over one by one: no array here holds them all. The caller disposes
    /// of it.
    DMatrix matrix(Table rows) throws XGBoostError {
        int[][] features = new int[inputs.size()][];
        for (int input : words) {
            features[input] = index.features(rows, input);
        }
        Iterator<LabeledPoint> points = IntStream.range(0, rows.size())
                .mapToObj(row -> point(rows, row, features))
                .iterator();
        return new DMatrix(points, null, Float.NaN);
    }

    private LabeledPoint point(Table rows, int row, int[][] featuresOfWords) {
        int[] features = new int[inputs.size()];
        float[] values = new float[inputs.size()];
        int end = 0;
        for (int n = 0; n < numbers.length; n++) {
            float value = rows.numbers(numbers[n])[row];
            if (!Float.isNaN(value)) {
                features[end] = n;
                values[end++] = value;
            }
        }
        for (int input : words) {
            int feature = featuresOfWords[input][rows.codes(input)[row]];
            if (feature != WordIndex.NONE) {
                features[end] = feature;
                values[end++] = 1;
            }
        }
        return new LabeledPoint(0, index.end(), Arrays.copyOf(features, end), Arrays.copyOf(values, end));
    }

    /// Draws one column per input, in their order: a number as it is, a word as the number of its feature.
    String draw(OnnxGraph graph) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            String name = inputs.get(i).name();
            columns.add(inputs.get(i).type().isString() ? drawWord(graph, i) : name);
        }
        return graph.node("Concat", columns, OnnxGraph.attribute("axis", 1L));
    }

    private String drawWord(OnnxGraph graph, int input) {
        List<String> known = index.words(input);
        List<Float> features =
                known.stream().map(word -> (float) index.feature(input, word)).toList();
        return graph.mlNode(
                "LabelEncoder",
                List.of(inputs.get(input).name()),
                OnnxGraph.words("keys_strings", known),
                OnnxGraph.floats("values_floats", features),
                OnnxGraph.attribute("default_float", (float) WordIndex.NONE));
    }
}
