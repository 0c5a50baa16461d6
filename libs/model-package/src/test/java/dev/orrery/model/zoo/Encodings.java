package dev.orrery.model.zoo;

import static dev.orrery.model.zoo.Linears.AXIS;
import static dev.orrery.model.zoo.OnnxFile.attribute;
import static dev.orrery.model.zoo.OnnxFile.floats;
import static dev.orrery.model.zoo.OnnxFile.longs;
import static dev.orrery.model.zoo.OnnxFile.real;
import static dev.orrery.model.zoo.OnnxFile.word;
import static dev.orrery.model.zoo.OnnxFile.words;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Columns made into features, as skl2onnx writes them, and then added up.
final class Encodings {

    private static final List<String> COLOURS = List.of("red", "green", "blue", "");
    private static final List<String> SIZES = List.of("S", "M", "L");

    private Encodings() {}

    private static OnnxFile summed(OnnxFile file, String features, int width) {
        return file.output(Linears.layer(file, features, width, 1, "Sigmoid"), 1);
    }

    static OnnxFile ordinal() {
        OnnxFile file = new OnnxFile();
        String joined = file.node("Concat", List.of(file.words("colour", 1), file.words("size", 1)), AXIS);
        List<String> parts = new ArrayList<>();
        for (List<String> known : List.of(COLOURS, SIZES)) {
            String column = file.node("ArrayFeatureExtractor", List.of(joined, file.index(parts.size())));
            String number = file.node(
                    "LabelEncoder",
                    List.of(column),
                    words("keys_strings", known),
                    longs(
                            "values_int64s",
                            IntStream.range(0, known.size())
                                    .mapToObj(i -> (long) i)
                                    .toArray(Long[]::new)));
            parts.add(file.node("Reshape", List.of(number, file.longs(-1, 1))));
        }
        String whole = file.node("Concat", parts, AXIS);
        return summed(file, file.node("Cast", List.of(whole), attribute("to", Linears.FLOAT)), 2);
    }

    /// `SimpleImputer` of words, then `OneHotEncoder` of the columns that it joined.
    static OnnxFile filledWords() {
        OnnxFile file = new OnnxFile();
        String both = file.node("Concat", List.of(file.words("colour", 1), file.words("size", 1)), AXIS);
        List<String> filled = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String fill = file.node(
                    "LabelEncoder",
                    List.of(file.longs(0)),
                    longs("keys_int64s", 0L),
                    words("values_strings", List.of(i == 0 ? "green" : "M")),
                    word("default_string", "none"));
            String name = file.node("ArrayFeatureExtractor", List.of(both, file.longs(i)));
            String isMissing = file.node(
                    "LabelEncoder",
                    List.of(name),
                    words("keys_strings", List.of("")),
                    longs("values_int64s", 1L),
                    attribute("default_int64", 0));
            String condition = file.node("Cast", List.of(isMissing), attribute("to", Linears.BOOL));
            filled.add(file.node("Where", List.of(condition, fill, name)));
        }
        String joined = file.node("Concat", filled, AXIS);
        List<String> marks = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String column = file.node("Gather", List.of(joined, file.longs(i)), AXIS);
            marks.add(Linears.oneHot(file, column, i == 0 ? COLOURS : SIZES));
        }
        return summed(file, file.node("Concat", marks, AXIS), 7);
    }

    static OnnxFile wholeNumbers() {
        OnnxFile file = new OnnxFile();
        String whole = file.node("Cast", List.of(file.floats("rooms", 1)), attribute("to", Linears.INT64));
        String marks = file.node(
                "OneHotEncoder", List.of(whole), longs("cats_int64s", 0L, 1L, 2L, 3L, 7L), attribute("zeros", 1));
        return summed(file, file.node("Reshape", List.of(marks, file.longs(-1, 5))), 5);
    }

    static OnnxFile dropped() {
        OnnxFile file = new OnnxFile();
        String marks = file.node(
                "OneHotEncoder",
                List.of(file.words("colour", 1)),
                words("cats_strings", COLOURS),
                attribute("zeros", 1));
        String kept = file.node("Gather", List.of(marks, file.longs(1, 2, 3)), attribute("axis", -1));
        return summed(file, file.node("Reshape", List.of(kept, file.longs(-1, 3))), 3);
    }

    static OnnxFile thousandsOfWords() {
        OnnxFile file = new OnnxFile();
        List<String> known =
                IntStream.range(0, 2_000).mapToObj(i -> "word " + i).toList();
        return summed(file, Linears.oneHot(file, file.words("shop", 1), known), 2_000);
    }

    static OnnxFile mapped() {
        OnnxFile file = new OnnxFile();
        String number = file.node(
                "CategoryMapper",
                List.of(file.words("size", 1)),
                words("cats_strings", SIZES),
                longs("cats_int64s", 10L, 20L, 30L),
                attribute("default_int64", -5));
        String vector = file.node(
                "FeatureVectorizer",
                List.of(file.node("Cast", List.of(number), attribute("to", Linears.FLOAT)), file.floats("X", 2)),
                longs("inputdimensions", 1L, 2L));
        return summed(file, vector, 3);
    }

    static OnnxFile labelsOfNumbers() {
        OnnxFile file = new OnnxFile();
        String number = file.node(
                "LabelEncoder",
                List.of(file.floats("code", 1)),
                floats("keys_floats", 0, 1, 2, 3.5f),
                floats("values_floats", 5, -5, 0.5f, 2),
                real("default_float", 9));
        return summed(file, number, 1);
    }

    /// The fourth version of the encoder has its keys and values as tensors.
    static OnnxFile labelsAsTensors() {
        OnnxFile file = new OnnxFile().opsets(18, 4);
        return summed(
                file,
                file.node(
                        "LabelEncoder",
                        List.of(file.words("size", 1)),
                        words("keys_strings", SIZES),
                        floats("values_floats", 1, 2, 3),
                        real("default_float", -1)),
                1);
    }

    static OnnxFile limited() {
        OnnxFile file = new OnnxFile();
        String scaled = file.node("Mul", List.of(file.floats("X", 4), file.vector(Linears.weights(21, 4))));
        String shifted = file.node("Add", List.of(scaled, file.vector(0.1f, 0.2f, 0.3f, 0.4f)));
        String clipped =
                file.node("Clip", List.of(shifted, file.constant(new long[0], 0), file.constant(new long[0], 1)));
        return summed(file, clipped, 4);
    }

    static OnnxFile normalized(String norm) {
        OnnxFile file = new OnnxFile();
        return summed(file, file.node("Normalizer", List.of(file.floats("X", 5)), word("norm", norm)), 5);
    }

    static OnnxFile binarized() {
        OnnxFile file = new OnnxFile();
        String filled = file.node(
                "Imputer",
                List.of(file.floats("X", 5)),
                floats("imputed_value_floats", 0.25f),
                real("replaced_value_float", Float.NaN));
        return summed(file, file.node("Binarizer", List.of(filled), real("threshold", 0.5f)), 5);
    }

    /// Numbers put into bins: in how many of the bins' edges or above.
    static OnnxFile binned() {
        OnnxFile file = new OnnxFile();
        String x = file.floats("X", 2);
        List<String> bins = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String column = file.node("ArrayFeatureExtractor", List.of(x, file.index(i)));
            String above = file.node("GreaterOrEqual", List.of(column, file.vector(-1, -0.5f, 0, 0.5f, 1)));
            String marks = file.node("Cast", List.of(above), attribute("to", Linears.FLOAT));
            bins.add(file.node("ReduceSum", List.of(marks, file.longs(1)), attribute("keepdims", 1)));
            String most = file.node("ArgMax", List.of(marks), AXIS, attribute("keepdims", 1));
            bins.add(file.node("Cast", List.of(most), attribute("to", Linears.FLOAT)));
        }
        return summed(file, file.node("Concat", bins, AXIS), 4);
    }

    static OnnxFile polynomial() {
        OnnxFile file = new OnnxFile();
        String x = file.floats("X", 3);
        List<String> parts = new ArrayList<>(List.of(file.node("Identity", List.of(x))));
        for (int i = 0; i < 3; i++) {
            String left = file.node("ArrayFeatureExtractor", List.of(x, file.longs(i)));
            String right = file.node("ArrayFeatureExtractor", List.of(x, file.longs((i + 1) % 3)));
            parts.add(file.node("Mul", List.of(left, right)));
            parts.add(file.node("Pow", List.of(left, file.vector(2))));
        }
        return summed(file, file.node("Concat", parts, AXIS), 9);
    }

    /// Columns taken apart and joined again in every way.
    static OnnxFile rearranged() {
        OnnxFile file = new OnnxFile().opsets(13, 2);
        String x = file.floats("X", 6);
        List<String> halves = file.nodes("Split", List.of(x, file.longs(2, 4)), 2, AXIS);
        String slice = file.node("Slice", List.of(x, file.longs(1), file.longs(4), file.longs(1)));
        String flat = file.node("Flatten", List.of(file.node("Unsqueeze", List.of(slice, file.longs(2)))), AXIS);
        String alone = file.node("Gather", List.of(x, file.index(5)), AXIS);
        String column = file.node("Unsqueeze", List.of(alone, file.longs(1)));
        String same = file.node("Transpose", List.of(halves.getFirst()), longs("perm", 0L, 1L));
        String least = file.node("Min", List.of(halves.getLast(), file.vector(0.75f)));
        String most = file.node("Max", List.of(least, file.vector(-0.75f)));
        String mean = file.node("ReduceMean", List.of(x), longs("axes", 1L), attribute("keepdims", 1));
        String all = file.node("Concat", List.of(same, flat, column, most, mean), AXIS);
        return summed(file, all, 11);
    }

    /// Missing marked and filled, conditions joined: what hand-written graphs do.
    static OnnxFile conditions() {
        OnnxFile file = new OnnxFile();
        String x = file.floats("X", 3);
        String isMissing = file.node("IsNaN", List.of(x));
        String filled = file.node("Where", List.of(isMissing, file.vector(0.1f, 0.2f, 0.3f), x));
        String isSmall = file.node("Less", List.of(filled, file.vector(0)));
        String isLarge = file.node("Greater", List.of(filled, file.vector(1)));
        String isOdd = file.node("Or", List.of(isSmall, isLarge));
        String isKnown = file.node("And", List.of(file.node("Not", List.of(isMissing)), isOdd));
        String isZero = file.node("Equal", List.of(filled, file.vector(0)));
        List<String> marks = new ArrayList<>(List.of(filled));
        for (String mark : List.of(isMissing, isKnown, isZero)) {
            marks.add(file.node("Cast", List.of(mark), attribute("to", Linears.FLOAT)));
        }
        String root = file.node("Sqrt", List.of(file.node("Abs", List.of(filled))));
        marks.add(file.node("Log", List.of(file.node("Add", List.of(root, file.vector(1))))));
        return summed(file, file.node("Concat", marks, AXIS), 15);
    }
}
