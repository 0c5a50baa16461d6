package dev.orrery.training.recipe;

import dev.orrery.model.ModelCard.Input;
import dev.orrery.training.data.Table;
import java.util.Arrays;
import java.util.List;

/// Rows as logistic regression sees them: every number standardised, a missing one replaced by the mean and marked;
/// every known word, and a missing one, its own mark. Numbered from 0: numbers, marks of missing numbers, words.
///
/// Everything here is computed in 32 bits, exactly as the exported graph does it.
final class LogisticFeatures {

    /// No number counts for more than so many standard deviations: one absurd value must not decide alone.
    static final float MOST_DEVIATIONS = 10;

    private final List<Input> inputs;
    private final int[] numbers;
    private final int[] words;
    private final float[] means;
    private final float[] scales;
    private final WordIndex index;

    LogisticFeatures(Table training, Vocabulary vocabulary) {
        this.inputs = training.inputs();
        this.numbers = WordIndex.places(inputs, false);
        this.words = WordIndex.places(inputs, true);
        this.means = new float[numbers.length];
        this.scales = new float[numbers.length];
        for (int n = 0; n < numbers.length; n++) {
            measure(n, training.numbers(numbers[n]));
        }
        this.index = new WordIndex(inputs, vocabulary, 2 * numbers.length);
    }

    int count() {
        return index.end();
    }

    /// Reads rows of a table.
    Reader reader(Table rows) {
        return new Reader(rows);
    }

    /// Draws the weighted sum of the features, a `[rows, 1]` value.
    ///
    /// @param weights one per feature
    String draw(OnnxGraph graph, float[] weights, float bias) {
        String sum = numbers.length == 0 ? null : drawNumbers(graph, weights);
        for (int input : words) {
            List<String> known = index.words(input);
            List<Float> wordWeights = known.stream()
                    .map(word -> weights[index.feature(input, word)])
                    .toList();
            String contribution = graph.mlNode(
                    "LabelEncoder",
                    List.of(inputs.get(input).name()),
                    OnnxGraph.words("keys_strings", known),
                    OnnxGraph.floats("values_floats", wordWeights),
                    OnnxGraph.attribute("default_float", 0f));
            sum = sum == null ? contribution : graph.node("Add", List.of(sum, contribution));
        }
        return graph.node("Add", List.of(sum, graph.floats(bias)));
    }

    private String drawNumbers(OnnxGraph graph, float[] weights) {
        List<String> names = Arrays.stream(numbers)
                .mapToObj(input -> inputs.get(input).name())
                .toList();
        String raw = graph.node("Concat", names, OnnxGraph.attribute("axis", 1L));
        String missing = graph.node("IsNaN", List.of(raw));
        String mean = graph.floats(means);
        String filled = graph.node("Where", List.of(missing, mean, raw));
        String scaled = graph.node("Mul", List.of(graph.node("Sub", List.of(filled, mean)), graph.floats(scales)));
        String clipped =
                graph.node("Clip", List.of(scaled, graph.scalar(-MOST_DEVIATIONS), graph.scalar(MOST_DEVIATIONS)));
        String marks = graph.node("Cast", List.of(missing), OnnxGraph.attribute("to", OnnxGraph.FLOAT));
        String features = graph.node("Concat", List.of(clipped, marks), OnnxGraph.attribute("axis", 1L));
        return graph.node("MatMul", List.of(features, graph.column(Arrays.copyOf(weights, 2 * numbers.length))));
    }

    private float standardised(int number, float value) {
        float scaled = (value - means[number]) * scales[number];
        return Math.clamp(scaled, -MOST_DEVIATIONS, MOST_DEVIATIONS);
    }

    private void measure(int number, float[] column) {
        double sum = 0;
        int present = 0;
        for (float value : column) {
            if (!Float.isNaN(value)) {
                sum += value;
                present++;
            }
        }
        double mean = present == 0 ? 0 : sum / present;
        double squares = 0;
        for (float value : column) {
            squares += Float.isNaN(value) ? 0 : (value - mean) * (value - mean);
        }
        double deviation = present == 0 ? 0 : Math.sqrt(squares / present);
        means[number] = (float) mean;
        float scale = (float) (1 / deviation);
        scales[number] = Float.isFinite(scale) ? scale : 0;
    }

    /// A table's rows, one at a time: the features that are not zero.
    final class Reader {

        private final Table rows;
        private final int[][] featuresOfWords;
        /// The features of the row that was read last, and their values.
        final int[] features;
        final float[] values;

        private Reader(Table rows) {
            this.rows = rows;
            this.features = new int[inputs.size()];
            this.values = new float[inputs.size()];
            this.featuresOfWords = new int[inputs.size()][];
            for (int input : words) {
                featuresOfWords[input] = index.features(rows, input);
            }
        }

        /// Reads a row and returns how many features it has.
        int read(int row) {
            int end = 0;
            for (int n = 0; n < numbers.length; n++) {
                float value = rows.numbers(numbers[n])[row];
                boolean missing = Float.isNaN(value);
                features[end] = missing ? numbers.length + n : n;
                values[end++] = missing ? 1 : standardised(n, value);
            }
            for (int input : words) {
                int feature = featuresOfWords[input][rows.codes(input)[row]];
                if (feature != WordIndex.NONE) {
                    features[end] = feature;
                    values[end++] = 1;
                }
            }
            return end;
        }
    }
}
