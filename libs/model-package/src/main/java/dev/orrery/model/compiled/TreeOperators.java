package dev.orrery.model.compiled;

import dev.orrery.model.compiled.Links.Post;
import dev.orrery.model.compiled.Meaning.TreeSum;
import dev.orrery.model.graph.Node;
import dev.orrery.model.graph.Tensor.Type;
import dev.orrery.model.graph.TreeEnsemble;
import java.util.Arrays;

/// `TreeEnsembleRegressor` and `TreeEnsembleClassifier`. Where the specification leaves the case of two classes and one
/// sum open, what ONNX Runtime does is done.
final class TreeOperators {

    private TreeOperators() {}

    static void regressor(Drawing drawing, Node node) {
        TreeEnsemble trees = trees(node);
        String aggregate = node.word("aggregate_function", "SUM");
        if (!aggregate.equals("SUM") && !aggregate.equals("AVERAGE")) {
            throw new NotCompiled("its trees are not added up but give their %s".formatted(aggregate));
        }
        float[] base = node.floats("base_values");
        float[] biases = base.length == trees.targets() ? base : new float[trees.targets()];
        int count = aggregate.equals("SUM") ? 1 : trees.roots().length;
        Value sums = sums(drawing, node, trees, biases, count);
        Post post = Post.of(node);
        boolean isRaw = trees.targets() == 1 && post != Post.PROBIT;
        drawing.define(node.outputs().getFirst(), isRaw ? sums : Links.all(drawing, sums, post));
    }

    static void classifier(Drawing drawing, Node node) {
        TreeEnsemble trees = trees(node);
        float[] base = node.floats("base_values");
        boolean isOneSum =
                trees.targets() == 2 && Arrays.stream(trees.weightTargets()).allMatch(target -> target == 0);
        if (isOneSum && base.length < 2) {
            Links.define(drawing, node, binary(drawing, node, trees, base));
            return;
        }
        if (base.length > 0 && base.length != trees.targets()) {
            throw new NotCompiled(
                    "its trees have %d classes and %d base values".formatted(trees.targets(), base.length));
        }
        float[] biases = base.length == 0 ? new float[trees.targets()] : base;
        Value sums = sums(drawing, node, trees, biases, 1);
        Links.define(drawing, node, trees.targets() == 1 ? sums : Links.all(drawing, sums, Post.of(node)));
    }

    /// Two classes and one sum, that of a yes. A sum of what is never negative is taken for a probability.
    private static Value binary(Drawing drawing, Node node, TreeEnsemble trees, float[] base) {
        TreeEnsemble one = new TreeEnsemble(
                1,
                trees.roots(),
                trees.modes(),
                trees.features(),
                trees.thresholds(),
                trees.missingIsTrue(),
                trees.yes(),
                trees.no(),
                trees.covers(),
                trees.firstWeights(),
                trees.weightTargets(),
                trees.weights());
        Value sum = sums(drawing, node, one, base.length == 1 ? base : new float[1], 1);
        boolean isProbability = true;
        for (float weight : trees.weights()) {
            isProbability &= weight >= 0;
        }
        if (isProbability) {
            return Links.rest(drawing, sum);
        }
        return switch (Post.of(node)) {
            case LOGISTIC -> Links.logistics(drawing, sum);
            case PROBIT -> throw new NotCompiled("its trees make a probit of one sum");
            case NONE, SOFTMAX, SOFTMAX_ZERO -> Links.mirrored(drawing, sum);
        };
    }

    private static TreeEnsemble trees(Node node) {
        if (!TreeEnsemble.isOne(node)) {
            throw new NotCompiled("its trees are of 64-bit numbers");
        }
        return TreeEnsemble.of(node);
    }

    private static Value sums(Drawing drawing, Node node, TreeEnsemble trees, float[] biases, int count) {
        Value features = drawing.value(node, 0);
        Arithmetic.requireNumbers(features);
        if (features.width() < trees.width()) {
            throw new NotCompiled("its trees look at feature %d of %d".formatted(trees.width() - 1, features.width()));
        }
        int targets = trees.targets();
        int keys = drawing.words(features.width(), Drawing.NO_COLUMN);
        int raw = drawing.numbers(targets, Drawing.NO_COLUMN);
        drawing.draw(
                Type.FLOAT,
                features.places(),
                false,
                raw,
                new int[] {targets},
                new Forest(trees, features.places(), keys, raw));
        int to = drawing.numbers(targets, Drawing.NO_COLUMN);
        Step step = (numbers, _) -> {
            for (int i = 0; i < targets; i++) {
                numbers[to + i] = numbers[raw + i] / count + biases[i];
            }
        };
        int[] reads = Value.of(Type.FLOAT, raw, targets).places();
        Value sums = drawing.draw(Type.FLOAT, reads, false, to, new int[] {targets}, step);
        for (int i = 0; i < targets; i++) {
            drawing.meanings.put(to + i, new TreeSum(trees, features.places(), i, 1.0 / count, biases[i]));
        }
        return sums;
    }
}
