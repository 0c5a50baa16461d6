package dev.orrery.model.zoo;

import static dev.orrery.model.zoo.OnnxFile.attribute;
import static dev.orrery.model.zoo.OnnxFile.floats;
import static dev.orrery.model.zoo.OnnxFile.longs;
import static dev.orrery.model.zoo.OnnxFile.real;
import static dev.orrery.model.zoo.OnnxFile.word;
import static dev.orrery.model.zoo.OnnxFile.words;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Linear models and layers, as skl2onnx writes them.
final class Linears {

    static final AttributeProto AXIS = attribute("axis", 1);
    static final long FLOAT = 1;
    static final long INT64 = 7;
    static final long BOOL = 9;
    static final long DOUBLE = 11;

    private Linears() {}

    static float[] weights(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            weights[i] = (float) random.nextGaussian() / 2;
        }
        return weights;
    }

    static AttributeProto[] classes(int classes, int features, String post) {
        Long[] labels = IntStream.range(0, classes).mapToObj(i -> (long) i).toArray(Long[]::new);
        float[] coefficients = weights(classes, classes * features);
        float[] intercepts = weights(7, classes);
        if (classes == 2) {
            for (int i = 0; i < features; i++) {
                coefficients[i] = -coefficients[features + i];
            }
            intercepts[0] = -intercepts[1];
        }
        return new AttributeProto[] {
            floats("coefficients", coefficients),
            floats("intercepts", intercepts),
            longs("classlabels_ints", labels),
            attribute("multi_class", classes > 2 ? 1 : 0),
            word("post_transform", post)
        };
    }

    static OnnxFile scaledLogistic() {
        OnnxFile file = new OnnxFile();
        String scaled = file.node(
                "Scaler",
                List.of(file.floats("X", 12)),
                floats("offset", weights(1, 12)),
                floats("scale", weights(2, 12)));
        String scores = file.classifier("LinearClassifier", scaled, classes(2, 12, "LOGISTIC"));
        return file.output(file.node("Normalizer", List.of(scores), word("norm", "L1")), 2);
    }

    /// `ColumnTransformer` of imputed, scaled numbers and one-hot words, and logistic regression behind a `ZipMap`.
    static OnnxFile transformedColumns() {
        OnnxFile file = new OnnxFile();
        List<String> numbers = List.of(file.floats("age", 1), file.floats("income", 1), file.floats("tenure", 1));
        String filled = file.node(
                "Imputer",
                List.of(file.node("Concat", numbers, AXIS)),
                floats("imputed_value_floats", 39.5f, 51_200, 3.25f),
                real("replaced_value_float", Float.NaN));
        String scaled = file.node(
                "Scaler", List.of(filled), floats("offset", 40, 50_000, 3), floats("scale", 0.08f, 0.00004f, 0.4f));
        List<String> parts = new ArrayList<>(List.of(scaled));
        parts.add(oneHot(file, file.words("contract", 1), List.of("month-to-month", "one-year", "two-year")));
        parts.add(oneHot(file, file.words("city", 1), List.of("Bern", "Zürich", "", "Gené\uD83D\uDC4Dve")));
        String all = file.node("Concat", parts, AXIS);
        String scores = file.classifier("LinearClassifier", all, classes(2, 10, "LOGISTIC"));
        return file.zipMap(file.node("Normalizer", List.of(scores), word("norm", "L1")), 2);
    }

    static String oneHot(OnnxFile file, String column, List<String> words) {
        String marks = file.node("OneHotEncoder", List.of(column), words("cats_strings", words), attribute("zeros", 1));
        String joined = file.node("Concat", List.of(marks), attribute("axis", -1));
        return file.node("Reshape", List.of(joined, file.longs(-1, words.size())));
    }

    static OnnxFile multinomial() {
        OnnxFile file = new OnnxFile();
        return file.output(file.classifier("LinearClassifier", file.floats("X", 8), classes(4, 8, "SOFTMAX")), 4);
    }

    static OnnxFile oneVersusRest() {
        OnnxFile file = new OnnxFile();
        String scores = file.classifier("LinearClassifier", file.floats("X", 8), classes(3, 8, "LOGISTIC"));
        return file.output(file.node("Normalizer", List.of(scores), word("norm", "L1")), 3);
    }

    static OnnxFile oneRow() {
        OnnxFile file = new OnnxFile();
        String scores = file.classifier(
                "LinearClassifier",
                file.floats("X", 5),
                floats("coefficients", weights(3, 5)),
                floats("intercepts", 0.25f),
                longs("classlabels_ints", 0L, 1L));
        return file.output(scores, 2);
    }

    static OnnxFile regression() {
        OnnxFile file = new OnnxFile();
        return file.output(
                file.node(
                        "LinearRegressor",
                        List.of(file.floats("X", 20)),
                        floats("coefficients", weights(4, 20)),
                        floats("intercepts", 12.5f)),
                1);
    }

    static OnnxFile severalTargets() {
        OnnxFile file = new OnnxFile();
        return file.output(
                file.node(
                        "LinearRegressor",
                        List.of(file.floats("X", 9)),
                        attribute("targets", 3),
                        floats("coefficients", weights(5, 27)),
                        floats("intercepts", weights(6, 3))),
                3);
    }

    /// A layer: cast, multiplied, shifted, bent.
    static String layer(OnnxFile file, String from, int in, int out, String bend) {
        String product =
                file.node("MatMul", List.of(from, file.constant(new long[] {in, out}, weights(in + out, in * out))));
        String sum = file.node("Add", List.of(product, file.constant(new long[] {1, out}, weights(out, out))));
        return bend == null ? sum : file.node(bend, List.of(sum));
    }

    static OnnxFile perceptronOfTwo() {
        OnnxFile file = new OnnxFile();
        String cast = file.node("Cast", List.of(file.floats("X", 10)), attribute("to", FLOAT));
        String yes = layer(file, layer(file, cast, 10, 16, "Relu"), 16, 1, "Sigmoid");
        String no = file.node("Sub", List.of(file.vector(1), yes));
        return file.output(file.node("Concat", List.of(no, yes), AXIS), 2);
    }

    static OnnxFile perceptronOfMany() {
        OnnxFile file = new OnnxFile();
        String hidden = layer(file, layer(file, file.floats("X", 6), 6, 12, "Relu"), 12, 8, "Relu");
        return file.output(file.node("Softmax", List.of(layer(file, hidden, 8, 3, null)), AXIS), 3);
    }

    static OnnxFile perceptronOfANumber() {
        OnnxFile file = new OnnxFile();
        String answer = layer(file, layer(file, file.floats("X", 6), 6, 24, "Tanh"), 24, 1, null);
        return file.output(file.node("Reshape", List.of(answer, file.longs(-1, 1))), 1);
    }

    static OnnxFile gemm() {
        OnnxFile file = new OnnxFile();
        String sum = file.node(
                "Gemm",
                List.of(
                        file.floats("X", 7),
                        file.constant(new long[] {3, 7}, weights(9, 21)),
                        file.vector(weights(10, 3))),
                attribute("transB", 1),
                real("alpha", 0.5f),
                real("beta", 2));
        return file.output(file.node("Exp", List.of(file.node("Neg", List.of(file.node("Abs", List.of(sum)))))), 3);
    }

    /// `CalibratedClassifierCV`: 1 / (1 + exp(a · score + b)), the mean of two, and the rest of 1.
    static OnnxFile calibrated() {
        OnnxFile file = new OnnxFile();
        String from = file.floats("X", 6);
        List<String> parts = new ArrayList<>();
        for (int fold = 0; fold < 2; fold++) {
            String score = layer(file, from, 6, 1, null);
            String scaled = file.node("Mul", List.of(score, file.vector(-1.3f - fold)));
            String shifted = file.node("Add", List.of(scaled, file.vector(0.2f)));
            String one = file.node("Add", List.of(file.node("Exp", List.of(shifted)), file.vector(1)));
            parts.add(file.node("Reciprocal", List.of(one)));
        }
        String mean = file.node("Div", List.of(file.node("Sum", parts), file.vector(2)));
        String rest = file.node("Sub", List.of(file.vector(1), mean));
        return file.output(file.node("Concat", List.of(rest, mean), AXIS), 2);
    }

    static OnnxFile components() {
        OnnxFile file = new OnnxFile();
        String centred =
                file.node("Sub", List.of(file.floats("X", 8), file.constant(new long[] {1, 8}, weights(11, 8))));
        String parts = file.node("MatMul", List.of(centred, file.constant(new long[] {8, 3}, weights(12, 24))));
        String scores = file.classifier("LinearClassifier", parts, classes(2, 3, "LOGISTIC"));
        return file.output(scores, 2);
    }

    static OnnxFile manyColumns() {
        OnnxFile file = new OnnxFile();
        List<String> columns =
                IntStream.range(0, 3_000).mapToObj(i -> file.floats("c" + i, 1)).toList();
        String filled = file.node(
                "Imputer",
                List.of(file.node("Concat", columns, AXIS)),
                floats("imputed_value_floats", 0.5f),
                real("replaced_value_float", Float.NaN));
        float[] weights = weights(13, 3_000);
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= 50;
        }
        String sum = file.node("MatMul", List.of(filled, file.constant(new long[] {3_000, 1}, weights)));
        return file.output(file.node("Sigmoid", List.of(sum)), 1);
    }
}
