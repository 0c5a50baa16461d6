package dev.orrery.model.zoo;

import static dev.orrery.model.zoo.Linears.AXIS;
import static dev.orrery.model.zoo.Linears.weights;
import static dev.orrery.model.zoo.OnnxFile.attribute;
import static dev.orrery.model.zoo.OnnxFile.floats;
import static dev.orrery.model.zoo.OnnxFile.real;
import static dev.orrery.model.zoo.OnnxFile.words;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Graphs as this platform's training writes them, of 45 columns.
final class PlatformShapes {

    private static final int NUMBERS = 25;
    private static final int WORDS = 20;
    private static final int KNOWN = 6;

    private PlatformShapes() {}

    static OnnxFile logistic() {
        OnnxFile file = new OnnxFile();
        String raw = file.node("Concat", numbers(file), AXIS);
        String missing = file.node("IsNaN", List.of(raw));
        String mean = file.vector(weights(51, NUMBERS));
        String filled = file.node("Where", List.of(missing, mean, raw));
        String scaled =
                file.node("Mul", List.of(file.node("Sub", List.of(filled, mean)), file.vector(weights(52, NUMBERS))));
        String clipped =
                file.node("Clip", List.of(scaled, file.constant(new long[0], -10), file.constant(new long[0], 10)));
        String marks = file.node("Cast", List.of(missing), attribute("to", Linears.FLOAT));
        String features = file.node("Concat", List.of(clipped, marks), AXIS);
        String sum = file.node(
                "MatMul", List.of(features, file.constant(new long[] {2 * NUMBERS, 1}, weights(53, 2 * NUMBERS))));
        for (int word = 0; word < WORDS; word++) {
            sum = file.node("Add", List.of(sum, encoded(file, word, weights(60 + word, KNOWN), 0)));
        }
        return file.output(file.node("Sigmoid", List.of(file.node("Add", List.of(sum, file.vector(0.3f))))), 1);
    }

    static OnnxFile boosted() {
        OnnxFile file = new OnnxFile();
        List<String> columns = numbers(file);
        for (int word = 0; word < WORDS; word++) {
            float[] features = new float[KNOWN];
            for (int i = 0; i < KNOWN; i++) {
                features[i] = i;
            }
            columns.add(encoded(file, word, features, -1));
        }
        List<String> modes = List.of("BRANCH_LT", "BRANCH_LT", "BRANCH_EQ");
        RandomTrees trees = new RandomTrees(54, false)
                .grow(
                        150,
                        new RandomTrees.Kind(NUMBERS + WORDS, 4, modes, true, false),
                        (_, random, add) -> add.accept(0, (float) random.nextDouble(-0.2, 0.2)));
        String margin = file.node(
                "TreeEnsembleRegressor",
                List.of(file.node("Concat", columns, AXIS)),
                trees.attributes(
                        attribute("n_targets", 1),
                        floats("base_values", -0.7f),
                        OnnxFile.word("aggregate_function", "SUM"),
                        OnnxFile.word("post_transform", "NONE")));
        return file.output(file.node("Sigmoid", List.of(margin)), 1);
    }

    static OnnxFile rule() {
        OnnxFile file = new OnnxFile();
        String below = file.node("Less", List.of(file.floats("speed", 1), file.vector(12)));
        String same = file.node(
                "LabelEncoder",
                List.of(file.words("flag", 1)),
                words("keys_strings", List.of("PA")),
                floats("values_floats", 1),
                real("default_float", 0));
        String is = file.node("Greater", List.of(same, file.vector(0.5f)));
        String both = file.node("And", List.of(below, is));
        return file.output(file.node("Where", List.of(both, file.vector(1), file.vector(0))), 1);
    }

    private static List<String> numbers(OnnxFile file) {
        return new ArrayList<>(IntStream.range(0, NUMBERS)
                .mapToObj(i -> file.floats("number " + i, 1))
                .toList());
    }

    private static String encoded(OnnxFile file, int word, float[] values, float other) {
        List<String> known = IntStream.range(0, values.length)
                .mapToObj(i -> i == 0 ? "" : "word %d of %d".formatted(i, word))
                .toList();
        return file.node(
                "LabelEncoder",
                List.of(file.words("word " + word, 1)),
                words("keys_strings", known),
                floats("values_floats", values),
                real("default_float", other));
    }
}
