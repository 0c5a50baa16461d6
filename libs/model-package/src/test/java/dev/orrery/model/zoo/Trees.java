package dev.orrery.model.zoo;

import static dev.orrery.model.zoo.Linears.AXIS;
import static dev.orrery.model.zoo.OnnxFile.attribute;
import static dev.orrery.model.zoo.OnnxFile.floats;
import static dev.orrery.model.zoo.OnnxFile.longs;
import static dev.orrery.model.zoo.OnnxFile.word;
import static dev.orrery.model.zoo.OnnxFile.words;

import dev.orrery.model.zoo.RandomTrees.Kind;
import dev.orrery.model.zoo.RandomTrees.Leaf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Trees, as skl2onnx, onnxmltools and CatBoost write them.
final class Trees {

    private static final List<String> SKLEARN = List.of("BRANCH_LEQ");
    private static final List<String> XGBOOST = List.of("BRANCH_LT");
    private static final List<String> LIGHTGBM = List.of("BRANCH_LEQ", "BRANCH_LEQ", "BRANCH_EQ");
    private static final List<String> ALL =
            List.of("BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ");

    private static final int FEATURES = 8;

    private Trees() {}

    private static Leaf one() {
        return (_, random, add) -> add.accept(0, (float) random.nextDouble(-0.2, 0.2));
    }

    private static Leaf ofTurn(int classes) {
        return (tree, random, add) -> add.accept((int) (tree % classes), (float) random.nextDouble(-0.2, 0.2));
    }

    /// Shares of classes that add up to 1 over all trees.
    private static Leaf shares(int classes, int trees) {
        return (_, random, add) -> {
            float rest = 1;
            for (int i = 0; i < classes; i++) {
                float share = i == classes - 1 ? rest : (float) random.nextDouble(0, rest);
                add.accept(i, share / trees);
                rest -= share;
            }
        };
    }

    private static Kind kind(List<String> modes, boolean missing) {
        return new Kind(FEATURES, 4, modes, missing, false);
    }

    static OnnxFile forest(int classes) {
        OnnxFile file = new OnnxFile();
        Long[] labels = new Long[classes];
        Arrays.setAll(labels, i -> (long) i);
        RandomTrees trees = new RandomTrees(classes, true).grow(50, kind(SKLEARN, false), shares(classes, 50));
        String scores = file.classifier(
                "TreeEnsembleClassifier",
                file.floats("X", FEATURES),
                trees.attributes(longs("classlabels_int64s", labels), word("post_transform", "NONE")));
        return file.zipMap(scores, classes);
    }

    static OnnxFile forestOfANumber() {
        OnnxFile file = new OnnxFile();
        RandomTrees trees = new RandomTrees(31, false)
                .grow(40, kind(SKLEARN, false), (_, random, add) -> add.accept(0, (float) random.nextDouble(100, 900)));
        return file.output(
                file.node(
                        "TreeEnsembleRegressor",
                        List.of(file.floats("X", FEATURES)),
                        trees.attributes(attribute("n_targets", 1), word("aggregate_function", "AVERAGE"))),
                1);
    }

    static OnnxFile boosted() {
        OnnxFile file = new OnnxFile();
        RandomTrees trees = new RandomTrees(32, true).grow(100, kind(SKLEARN, false), one());
        String scores = file.classifier(
                "TreeEnsembleClassifier",
                file.floats("X", FEATURES),
                trees.attributes(
                        longs("classlabels_int64s", 0L, 1L),
                        floats("base_values", -1.1f),
                        word("post_transform", "LOGISTIC")));
        return file.zipMap(scores, 2);
    }

    static OnnxFile boostedClasses(boolean missing) {
        OnnxFile file = new OnnxFile();
        RandomTrees trees = new RandomTrees(33, true).grow(60, kind(missing ? XGBOOST : SKLEARN, missing), ofTurn(3));
        String scores = file.classifier(
                "TreeEnsembleClassifier",
                file.floats("X", FEATURES),
                trees.attributes(
                        words("classlabels_strings", List.of("a", "b", "c")),
                        floats("base_values", 0.5f, 0.25f, 0.5f),
                        word("post_transform", "SOFTMAX")));
        return file.output(scores, 3);
    }

    static OnnxFile xgboost() {
        OnnxFile file = new OnnxFile();
        RandomTrees trees = new RandomTrees(34, true).grow(150, kind(XGBOOST, true), one());
        String scores = file.classifier(
                "TreeEnsembleClassifier",
                file.floats("X", FEATURES),
                trees.attributes(longs("classlabels_int64s", 0L, 1L), word("post_transform", "LOGISTIC")));
        return file.output(scores, 2);
    }

    static OnnxFile xgboostOfANumber() {
        OnnxFile file = new OnnxFile();
        RandomTrees trees = new RandomTrees(35, false).grow(80, kind(XGBOOST, true), one());
        return file.output(
                file.node(
                        "TreeEnsembleRegressor",
                        List.of(file.floats("X", FEATURES)),
                        trees.attributes(
                                attribute("n_targets", 1),
                                floats("base_values", 0.5f),
                                word("post_transform", "NONE"))),
                1);
    }

    static OnnxFile xgboostOfCounts() {
        OnnxFile file = new OnnxFile();
        RandomTrees trees = new RandomTrees(36, false).grow(40, kind(XGBOOST, true), one());
        String sum = file.node(
                "TreeEnsembleRegressor",
                List.of(file.floats("X", FEATURES)),
                trees.attributes(attribute("n_targets", 1)));
        return file.output(file.node("Mul", List.of(file.node("Exp", List.of(sum)), file.vector(0.5f))), 1);
    }

    static OnnxFile xgboostHinge() {
        OnnxFile file = new OnnxFile();
        RandomTrees trees = new RandomTrees(37, true).grow(30, kind(XGBOOST, true), one());
        String scores = file.classifier(
                "TreeEnsembleClassifier",
                file.floats("X", FEATURES),
                trees.attributes(longs("classlabels_int64s", 0L, 1L), floats("base_values", 0.5f)));
        String isYes = file.node("Greater", List.of(scores, file.vector(0)));
        return file.output(file.node("Where", List.of(isYes, file.vector(1), file.vector(0))), 2);
    }

    static OnnxFile lightGbm() {
        OnnxFile file = new OnnxFile();
        Kind kind = new Kind(FEATURES, 6, LIGHTGBM, true, true);
        RandomTrees trees = new RandomTrees(38, true).grow(100, kind, one());
        String scores = file.classifier(
                "TreeEnsembleClassifier",
                file.floats("X", FEATURES),
                trees.attributes(longs("classlabels_int64s", 0L, 1L), word("post_transform", "LOGISTIC")));
        return file.zipMap(file.node("Identity", List.of(scores)), 2);
    }

    static OnnxFile lightGbmForest() {
        OnnxFile file = new OnnxFile();
        RandomTrees trees = new RandomTrees(39, true)
                .grow(100, kind(LIGHTGBM, true), (_, random, add) -> add.accept(0, (float) random.nextDouble()));
        String scores = file.classifier(
                "TreeEnsembleClassifier",
                file.floats("X", FEATURES),
                trees.attributes(longs("classlabels_int64s", 0L, 1L), word("post_transform", "NONE")));
        String yes = file.node("ArrayFeatureExtractor", List.of(scores, file.index(1)));
        String share = file.node("Div", List.of(yes, file.constant(new long[0], 100)));
        String rest = file.node("Sub", List.of(file.constant(new long[0], 1), share));
        return file.output(file.node("Concat", List.of(rest, share), AXIS), 2);
    }

    /// Split over several nodes, whose sums are added up with 64 bits.
    static OnnxFile lightGbmOfANumber() {
        OnnxFile file = new OnnxFile();
        String from = file.floats("X", FEATURES);
        List<String> parts = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            RandomTrees trees = new RandomTrees(40 + part, false).grow(30, kind(LIGHTGBM, true), one());
            String sum = file.node("TreeEnsembleRegressor", List.of(from), trees.attributes(attribute("n_targets", 1)));
            parts.add(file.node("Cast", List.of(sum), attribute("to", Linears.DOUBLE)));
        }
        String all = file.node("Cast", List.of(file.node("Sum", parts)), attribute("to", Linears.FLOAT));
        return file.output(file.node("Identity", List.of(all)), 1);
    }

    static OnnxFile catBoost() {
        OnnxFile file = new OnnxFile();
        RandomTrees trees = new RandomTrees(44, true)
                .grow(
                        100,
                        kind(List.of("BRANCH_GT"), true),
                        (_, random, add) -> add.accept(1, (float) random.nextDouble(-0.2, 0.2)));
        String scores = file.classifier(
                "TreeEnsembleClassifier",
                file.floats("X", FEATURES),
                trees.attributes(longs("classlabels_int64s", 0L, 1L), word("post_transform", "LOGISTIC")));
        return file.zipMap(scores, 2);
    }

    static OnnxFile everyMode() {
        OnnxFile file = new OnnxFile();
        RandomTrees trees = new RandomTrees(45, false)
                .grow(60, new Kind(FEATURES, 5, ALL, true, false), (_, random, add) -> {
                    add.accept(0, (float) random.nextDouble(-1, 1));
                    add.accept(1, (float) random.nextDouble(-1, 1));
                    add.accept(2, (float) random.nextDouble(-1, 1));
                });
        return file.output(
                file.node(
                        "TreeEnsembleRegressor",
                        List.of(file.floats("X", FEATURES)),
                        trees.attributes(attribute("n_targets", 3), floats("base_values", 1, 2, 3))),
                3);
    }

    static OnnxFile withoutOne() {
        OnnxFile file = new OnnxFile();
        RandomTrees trees = new RandomTrees(47, false).grow(5, kind(SKLEARN, false), (_, random, add) -> {
            add.accept(0, (float) random.nextDouble(-1, 1));
            add.accept(2, (float) random.nextDouble(-1, 1));
        });
        return file.output(
                file.node(
                        "TreeEnsembleRegressor",
                        List.of(file.floats("X", FEATURES)),
                        trees.attributes(attribute("n_targets", 3), floats("base_values", 1, 2, 3))),
                3);
    }

    /// Words by their numbers and scaled numbers, in trees: what a pipeline of this platform or of sklearn makes.
    static OnnxFile encoded() {
        OnnxFile file = new OnnxFile();
        String colour = file.node(
                "LabelEncoder",
                List.of(file.words("colour", 1)),
                words("keys_strings", List.of("red", "green", "blue")),
                floats("values_floats", 0, 1, 2),
                OnnxFile.real("default_float", -1));
        String scaled = file.node(
                "Scaler", List.of(file.floats("X", 3)), floats("offset", 1, 2, 3), floats("scale", 0.5f, 0.25f, 2));
        String all = file.node("Concat", List.of(colour, scaled), AXIS);
        RandomTrees trees = new RandomTrees(46, false).grow(50, new Kind(4, 4, ALL, true, false), one());
        String sum = file.node(
                "TreeEnsembleRegressor",
                List.of(all),
                trees.attributes(attribute("n_targets", 1), floats("base_values", 0.1f)));
        return file.output(file.node("Sigmoid", List.of(sum)), 1);
    }
}
