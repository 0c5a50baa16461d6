package dev.orrery.model.compiled;

import dev.orrery.model.compiled.Meaning.Linear;
import dev.orrery.model.graph.Node;
import dev.orrery.model.graph.Tensor;
import dev.orrery.model.graph.Tensor.Type;

/// Operators that add up numbers times weights.
final class Sums {

    /// Sums beyond which nobody is told what each is made of: a layer of many is nothing that can be explained.
    private static final int MOST_EXPLAINED = 64;

    private Sums() {}

    static void product(Drawing drawing, Node node) {
        Tensor matrix = drawing.constant(node, 1);
        long[] dims = matrix.dims();
        if (dims.length == 0 || dims.length > 2) {
            throw new NotCompiled("operator MatMul is given no matrix");
        }
        int width = dims.length == 1 ? 1 : (int) dims[1];
        float[] weights = Floats.of(matrix);
        Value sums = add(drawing, drawing.value(node, 0), weights, new float[width]);
        drawing.define(node.outputs().getFirst(), dims.length == 1 ? sums.shaped() : sums);
    }

    /// `Gemm`: alpha · A · B + beta · C.
    static void gemm(Drawing drawing, Node node) {
        Tensor matrix = drawing.constant(node, 1);
        if (node.number("transA", 0) != 0 || matrix.dims().length != 2) {
            throw new NotCompiled("operator Gemm works from row to row");
        }
        boolean isTurned = node.number("transB", 0) != 0;
        int width = (int) matrix.dims()[isTurned ? 0 : 1];
        float[] weights = scaled(Floats.of(matrix), node.real("alpha", 1));
        float[] biases = new float[width];
        if (drawing.has(node, 2)) {
            float[] given = scaled(Floats.of(drawing.constant(node, 2)), node.real("beta", 1));
            if (given.length != 1 && given.length != width) {
                throw new NotCompiled("operator Gemm adds something of another shape");
            }
            biases = Floats.of(width, i -> given[given.length == 1 ? 0 : i]);
        }
        weights = isTurned ? turned(weights, width) : weights;
        drawing.define(node.outputs().getFirst(), add(drawing, drawing.value(node, 0), weights, biases));
    }

    static void regressor(Drawing drawing, Node node) {
        int targets = (int) node.number("targets", 1);
        float[] biases = node.floats("intercepts");
        float[] weights = node.floats("coefficients");
        biases = biases.length == 0 ? new float[targets] : biases;
        if (biases.length != targets) {
            throw new NotCompiled("operator LinearRegressor has other intercepts than targets");
        }
        Value sums = add(drawing, drawing.value(node, 0), turned(weights, targets), biases);
        Links.Post post = Links.Post.of(node);
        drawing.define(
                node.outputs().getFirst(),
                targets == 1 && post != Links.Post.PROBIT ? sums : Links.all(drawing, sums, post));
    }

    static void classifier(Drawing drawing, Node node) {
        float[] biases = node.floats("intercepts");
        int classes = biases.length;
        if (classes == 0) {
            throw new NotCompiled("operator LinearClassifier has no intercepts");
        }
        Value sums = add(drawing, drawing.value(node, 0), turned(node.floats("coefficients"), classes), biases);
        int labels = Math.max(
                node.longs("classlabels_ints").length,
                node.words("classlabels_strings").size());
        Links.Post post = Links.Post.of(node);
        Value scores;
        if (classes > 1 || post == Links.Post.PROBIT) {
            scores = Links.all(drawing, sums, post);
        } else {
            scores = labels == 2 ? Links.rest(drawing, sums) : sums;
        }
        Links.define(drawing, node, scores);
    }

    /// The sums of a vector times a matrix that has a row for each number and a column for each sum.
    private static Value add(Drawing drawing, Value value, float[] weights, float[] biases) {
        Arithmetic.requireNumbers(value);
        int width = value.width();
        if (value.dims().length != 1 || weights.length != width * biases.length) {
            throw new NotCompiled("it multiplies %d numbers with %d weights for %d sums"
                    .formatted(width, weights.length, biases.length));
        }
        int from = drawing.range(value);
        int to = drawing.numbers(biases.length, Drawing.NO_COLUMN);
        Step step = biases.length == 1
                ? new Dot.Row(from, weights, biases[0], to)
                : new Dot.Rows(from, width, weights, biases, to);
        int[] reads = Value.of(Type.FLOAT, from, width).places();
        Value sums = drawing.draw(Type.FLOAT, reads, false, to, new int[] {biases.length}, step);
        for (int sum = 0; sum < biases.length && biases.length <= MOST_EXPLAINED; sum++) {
            int at = sum;
            float[] column = Floats.of(width, i -> weights[i * biases.length + at]);
            drawing.meanings.put(to + sum, new Linear(value.places(), column, biases[sum]));
        }
        return sums;
    }

    private static float[] scaled(float[] numbers, float factor) {
        return Floats.of(numbers.length, i -> numbers[i] * factor);
    }

    /// A matrix of so many rows as one of so many columns.
    private static float[] turned(float[] matrix, int rows) {
        int columns = matrix.length / rows;
        float[] turned = new float[matrix.length];
        for (int i = 0; i < rows * columns; i++) {
            turned[i % columns * rows + i / columns] = matrix[i];
        }
        return turned;
    }
}
