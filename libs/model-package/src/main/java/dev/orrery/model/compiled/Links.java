package dev.orrery.model.compiled;

import dev.orrery.model.Anatomy.Link;
import dev.orrery.model.compiled.Meaning.Linked;
import dev.orrery.model.compiled.Meaning.Sum;
import dev.orrery.model.graph.Node;
import dev.orrery.model.graph.Tensor.Type;
import java.util.ArrayList;
import java.util.List;

/// What is made of raw sums.
final class Links {

    private static final float ALMOST_ZERO = 0.0000001f;
    private static final double ROOT_2 = 1.41421356;
    private static final double WINITZKI = 0.147;

    private Links() {}

    /// What a machine-learning operator does with its sums at last.
    enum Post {
        NONE,
        LOGISTIC,
        SOFTMAX,
        SOFTMAX_ZERO,
        PROBIT;

        static Post of(Node node) {
            String word = node.word("post_transform", "NONE");
            for (Post post : values()) {
                if (post.name().equals(word)) {
                    return post;
                }
            }
            throw new NotCompiled("operator %s transforms its sums by '%s'".formatted(node.operator(), word));
        }
    }

    /// A classifier's second output. Its first, the label, follows from the scores, and nobody asks for it.
    static void define(Drawing drawing, Node node, Value scores) {
        if (node.outputs().size() > 1) {
            drawing.define(node.outputs().get(1), scores);
        }
    }

    static Value all(Drawing drawing, Value sums, Post post) {
        return switch (post) {
            case NONE -> sums;
            case LOGISTIC -> logistic(drawing, sums);
            case SOFTMAX -> softmax(drawing, sums, false);
            case SOFTMAX_ZERO -> softmax(drawing, sums, true);
            case PROBIT -> probit(drawing, sums);
        };
    }

    /// Each sum by itself.
    static Value logistic(Drawing drawing, Value sums) {
        Value made = Arithmetic.unary(drawing, sums, Unary.Kind.SIGMOID, Type.FLOAT);
        for (int i = 0; i < sums.width(); i++) {
            if (Arithmetic.meaning(drawing, sums.places()[i]) instanceof Sum sum) {
                drawing.meanings.put(made.places()[i], Linked.logistic(sum, false));
            }
        }
        return made;
    }

    /// What is left of 1, and the number itself.
    static Value rest(Drawing drawing, Value sum) {
        return both(drawing, sum, x -> 1 - x, x -> x);
    }

    /// A sum less than nothing, and the sum itself.
    static Value mirrored(Drawing drawing, Value sum) {
        return both(drawing, sum, x -> -x, x -> x);
    }

    /// The probability of a no and of a yes.
    static Value logistics(Drawing drawing, Value sum) {
        Value made = both(drawing, sum, x -> Unary.logistic(-x), Unary::logistic);
        if (Arithmetic.meaning(drawing, sum.places()[0]) instanceof Sum raw) {
            drawing.meanings.put(made.places()[0], Linked.logistic(raw, true));
            drawing.meanings.put(made.places()[1], Linked.logistic(raw, false));
        }
        return made;
    }

    private interface Function {
        float of(float x);
    }

    private static Value both(Drawing drawing, Value sum, Function no, Function yes) {
        int from = sum.places()[0];
        int to = drawing.numbers(2, Drawing.NO_COLUMN);
        Step step = (numbers, _) -> {
            float x = numbers[from];
            numbers[to] = no.of(x);
            numbers[to + 1] = yes.of(x);
        };
        return drawing.draw(Type.FLOAT, new int[] {from}, false, to, new int[] {2}, step);
    }

    /// @param skipsZero whether what is zero stays so
    static Value softmax(Drawing drawing, Value sums, boolean skipsZero) {
        int width = sums.width();
        int from = drawing.range(sums);
        int to = drawing.numbers(width, Drawing.NO_COLUMN);
        int[] reads = Value.of(Type.FLOAT, from, width).places();
        Step step = (numbers, _) -> softmax(numbers, from, to, width, skipsZero);
        Value made = drawing.draw(Type.FLOAT, reads, false, to, sums.dims(), step);
        List<Sum> raw = new ArrayList<>();
        for (int place : sums.places()) {
            if (!skipsZero && Arithmetic.meaning(drawing, place) instanceof Sum sum) {
                raw.add(sum);
            }
        }
        for (int i = 0; i < width && raw.size() == width; i++) {
            drawing.meanings.put(to + i, new Linked(List.copyOf(raw), i, Link.SOFTMAX, false));
        }
        return made;
    }

    private static void softmax(float[] numbers, int from, int to, int width, boolean skipsZero) {
        float most = -Float.MAX_VALUE;
        for (int i = 0; i < width; i++) {
            most = Math.max(most, numbers[from + i]);
        }
        float sum = 0;
        for (int i = 0; i < width; i++) {
            float x = numbers[from + i];
            if (skipsZero && Math.abs(x) <= ALMOST_ZERO) {
                numbers[to + i] = x * (float) Math.exp(-most);
            } else {
                numbers[to + i] = (float) Math.exp(x - most);
                sum += numbers[to + i];
            }
        }
        for (int i = 0; i < width; i++) {
            numbers[to + i] /= sum;
        }
    }

    private static Value probit(Drawing drawing, Value sums) {
        int width = sums.width();
        int from = drawing.range(sums);
        int to = drawing.numbers(width, Drawing.NO_COLUMN);
        Step step = (numbers, _) -> {
            for (int i = 0; i < width; i++) {
                numbers[to + i] = probit(numbers[from + i]);
            }
        };
        int[] reads = Value.of(Type.FLOAT, from, width).places();
        return drawing.draw(Type.FLOAT, reads, false, to, sums.dims(), step);
    }

    /// Winitzki's approximation, as ONNX Runtime has it.
    private static float probit(float probability) {
        double x = 2 * probability - 1;
        double log = Math.log((1 - x) * (1 + x));
        double v = 2 / (3.14159 * WINITZKI) + 0.5 * log;
        double root = Math.sqrt(-v + Math.sqrt(v * v - log / WINITZKI));
        return (float) (ROOT_2 * (x < 0 ? -root : root));
    }
}
