package dev.orrery.model.compiled;

import dev.orrery.model.graph.Node;
import dev.orrery.model.graph.Tensor;
import dev.orrery.model.graph.Tensor.Type;
import java.util.stream.IntStream;

/// Operators that look at a row's numbers together, and the older ones that scale and fill each.
final class RowOperators {

    private RowOperators() {}

    /// What becomes of a row's numbers together.
    @FunctionalInterface
    interface Fold {
        float of(float[] numbers, int from, int to);
    }

    static void reduce(Drawing drawing, Node node, Fold fold) {
        Value value = vector(drawing, node);
        long[] axes = Shapes.axes(drawing, node);
        if (axes.length != 1) {
            throw new NotCompiled("operator %s adds up rows".formatted(node.operator()));
        }
        Shapes.inner(axes[0], 1);
        define(drawing, node, folded(drawing, value, fold, Type.FLOAT));
    }

    static void most(Drawing drawing, Node node) {
        Value value = vector(drawing, node);
        Shapes.inner(node.number("axis", 0), 1);
        if (node.number("select_last_index", 0) != 0) {
            throw new NotCompiled("operator ArgMax takes the last of equals");
        }
        define(drawing, node, folded(drawing, value, RowOperators::mostAt, Type.WHOLE));
    }

    static void softmax(Drawing drawing, Node node) {
        Value value = vector(drawing, node);
        Shapes.inner(node.number("axis", -1), 1);
        drawing.define(node.outputs().getFirst(), Links.softmax(drawing, value, false));
    }

    static void normalize(Drawing drawing, Node node) {
        Value value = vector(drawing, node);
        Fold size = switch (node.word("norm", "MAX")) {
            case "MAX" -> RowOperators::max;
            case "L1" -> RowOperators::absolutes;
            case "L2" -> RowOperators::length;
            default -> throw new NotCompiled("operator Normalizer has another norm");
        };
        int width = value.width();
        int from = drawing.range(value);
        int to = drawing.numbers(width, Drawing.NO_COLUMN);
        Step step = (numbers, _) -> {
            float by = size.of(numbers, from, from + width);
            for (int i = 0; i < width; i++) {
                numbers[to + i] = by == 0 ? numbers[from + i] : numbers[from + i] / by;
            }
        };
        int[] reads = Value.of(Type.FLOAT, from, width).places();
        drawing.define(node.outputs().getFirst(), drawing.draw(Type.FLOAT, reads, false, to, value.dims(), step));
    }

    /// `Imputer`: another number for what counts as missing.
    static void impute(Drawing drawing, Node node) {
        boolean isWhole = node.has("imputed_value_int64s");
        float[] filled = isWhole
                ? Floats.of(Tensor.of(node.longs("imputed_value_int64s")))
                : node.floats("imputed_value_floats");
        float missing =
                isWhole ? Floats.whole(node.number("replaced_value_int64", 0)) : node.real("replaced_value_float", 0);
        boolean isNan = Float.isNaN(missing);
        each(drawing, node, filled, filled, (x, by, _) -> (isNan ? x != x : x == missing) ? by : x);
    }

    static void scale(Drawing drawing, Node node) {
        each(drawing, node, node.floats("offset"), node.floats("scale"), (x, offset, scale) -> (x - offset) * scale);
    }

    static void binarize(Drawing drawing, Node node) {
        float[] threshold = {node.real("threshold", 0)};
        each(drawing, node, threshold, threshold, (x, limit, _) -> x > limit ? 1 : 0);
    }

    @FunctionalInterface
    private interface Each {
        float of(float x, float first, float second);
    }

    private static void each(Drawing drawing, Node node, float[] first, float[] second, Each function) {
        Value value = drawing.value(node, 0);
        Arithmetic.requireNumbers(value);
        int width = value.width();
        float[] firsts = wide(node, first, width);
        float[] seconds = wide(node, second, width);
        int[] places = value.places();
        int to = drawing.numbers(width, Drawing.NO_COLUMN);
        Step step = (numbers, _) -> {
            for (int i = 0; i < places.length; i++) {
                numbers[to + i] = function.of(numbers[places[i]], firsts[i], seconds[i]);
            }
        };
        Value made = drawing.draw(Type.FLOAT, places, false, to, value.dims(), step);
        Arithmetic.alone(drawing, places, made);
        drawing.define(node.outputs().getFirst(), made);
    }

    private static float[] wide(Node node, float[] numbers, int width) {
        if (numbers.length != 1 && numbers.length != width) {
            throw new NotCompiled(
                    "operator %s has %d numbers for %d columns".formatted(node.operator(), numbers.length, width));
        }
        return Floats.of(width, i -> numbers[numbers.length == 1 ? 0 : i]);
    }

    static float sum(float[] numbers, int from, int to) {
        float sum = 0;
        for (int i = from; i < to; i++) {
            sum += numbers[i];
        }
        return sum;
    }

    static float mean(float[] numbers, int from, int to) {
        return sum(numbers, from, to) / (to - from);
    }

    static float max(float[] numbers, int from, int to) {
        return numbers[from + (int) mostAt(numbers, from, to)];
    }

    static float min(float[] numbers, int from, int to) {
        float least = numbers[from];
        for (int i = from + 1; i < to; i++) {
            least = Math.min(least, numbers[i]);
        }
        return least;
    }

    static float product(float[] numbers, int from, int to) {
        float product = 1;
        for (int i = from; i < to; i++) {
            product *= numbers[i];
        }
        return product;
    }

    static float length(float[] numbers, int from, int to) {
        return (float) Math.sqrt(squares(numbers, from, to));
    }

    static float squares(float[] numbers, int from, int to) {
        float sum = 0;
        for (int i = from; i < to; i++) {
            sum += numbers[i] * numbers[i];
        }
        return sum;
    }

    private static float absolutes(float[] numbers, int from, int to) {
        float sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.abs(numbers[i]);
        }
        return sum;
    }

    private static float mostAt(float[] numbers, int from, int to) {
        int most = from;
        for (int i = from + 1; i < to; i++) {
            most = numbers[i] > numbers[most] ? i : most;
        }
        return most - from;
    }

    private static Value folded(Drawing drawing, Value value, Fold fold, Type type) {
        int from = drawing.range(value);
        int end = from + value.width();
        int to = drawing.numbers(1, Drawing.NO_COLUMN);
        int[] reads = IntStream.range(from, end).toArray();
        Step step = (numbers, _) -> numbers[to] = fold.of(numbers, from, end);
        return drawing.draw(type, reads, false, to, new int[] {1}, step);
    }

    private static void define(Drawing drawing, Node node, Value folded) {
        boolean keeps = node.number("keepdims", 1) != 0;
        drawing.define(node.outputs().getFirst(), keeps ? folded : folded.shaped());
    }

    private static Value vector(Drawing drawing, Node node) {
        Value value = drawing.value(node, 0);
        Arithmetic.requireNumbers(value);
        if (value.dims().length != 1) {
            throw new NotCompiled("operator %s is given no columns".formatted(node.operator()));
        }
        return value;
    }
}
