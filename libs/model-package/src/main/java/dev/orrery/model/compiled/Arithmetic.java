package dev.orrery.model.compiled;

import dev.orrery.model.compiled.Meaning.Linear;
import dev.orrery.model.compiled.Meaning.Linked;
import dev.orrery.model.compiled.Meaning.Sum;
import dev.orrery.model.graph.Node;
import dev.orrery.model.graph.Tensor.Type;

/// Operators that calculate with each number by itself, or with numbers that stand at the same place.
final class Arithmetic {

    private Arithmetic() {}

    static void unary(Drawing drawing, Node node, Unary.Kind kind) {
        Value value = drawing.value(node, 0);
        Type type = kind == Unary.Kind.NOT || kind == Unary.Kind.IS_NAN ? Type.BOOLEAN : value.type();
        Value made = unary(drawing, value, kind, type);
        for (int i = 0; i < made.width() && kind == Unary.Kind.SIGMOID; i++) {
            if (meaning(drawing, value.places()[i]) instanceof Sum sum) {
                drawing.meanings.put(made.places()[i], Linked.logistic(sum, false));
            }
        }
        drawing.define(node.outputs().getFirst(), made);
    }

    static Value unary(Drawing drawing, Value value, Unary.Kind kind, Type type) {
        requireNumbers(value);
        int from = drawing.range(value);
        int to = drawing.numbers(value.width(), Drawing.NO_COLUMN);
        int[] reads = Value.of(type, from, value.width()).places();
        Value made = drawing.draw(type, reads, false, to, value.dims(), new Unary(kind, from, to, value.width()));
        alone(drawing, reads, made);
        return made;
    }

    static void binary(Drawing drawing, Node node, Binary.Kind kind) {
        Broadcast inputs = Broadcast.of(drawing, node, 0, 2);
        if (isWords(drawing, node)) {
            drawing.define(node.outputs().getFirst(), WordSteps.equal(drawing, node, kind, inputs));
            return;
        }
        Value made = binary(drawing, kind, inputs.value(Type.FLOAT, 0), inputs.value(Type.FLOAT, 1));
        drawing.define(node.outputs().getFirst(), made.as(type(drawing, node, kind)));
        for (int i = 0; i < made.width(); i++) {
            Meaning meaning = meaning(drawing, kind, inputs.places()[0][i], inputs.places()[1][i]);
            if (meaning != null) {
                drawing.meanings.put(made.places()[i], meaning);
            }
        }
    }

    /// Adds, or compares, as many inputs as there are.
    static void all(Drawing drawing, Node node, Binary.Kind kind) {
        int count = node.inputs().size();
        Broadcast inputs = Broadcast.of(drawing, node, 0, count);
        Value made = inputs.value(Type.FLOAT, 0);
        for (int i = 1; i < count; i++) {
            made = binary(drawing, kind, made, inputs.value(Type.FLOAT, i));
        }
        drawing.define(node.outputs().getFirst(), made);
    }

    /// Values of one shape.
    static Value binary(Drawing drawing, Binary.Kind kind, Value x, Value y) {
        int left = drawing.range(x);
        int right = drawing.range(y);
        int width = x.width();
        int to = drawing.numbers(width, Drawing.NO_COLUMN);
        int[] reads = new int[2 * width];
        for (int i = 0; i < width; i++) {
            reads[i] = left + i;
            reads[width + i] = right + i;
        }
        Value made = drawing.draw(Type.FLOAT, reads, false, to, x.dims(), new Binary(kind, left, right, to, width));
        for (int i = 0; i < width; i++) {
            drawing.from(to + i, Drawing.merged(drawing.origin(left + i), drawing.origin(right + i)));
        }
        return made;
    }

    static void where(Drawing drawing, Node node) {
        Broadcast inputs = Broadcast.of(drawing, node, 0, 3);
        if (isWords(drawing, node, 1) || isWords(drawing, node, 2)) {
            drawing.define(node.outputs().getFirst(), WordSteps.where(drawing, inputs));
            return;
        }
        int width = inputs.width();
        int condition = drawing.range(inputs.value(Type.BOOLEAN, 0));
        int yes = drawing.range(inputs.value(Type.FLOAT, 1));
        int no = drawing.range(inputs.value(Type.FLOAT, 2));
        int to = drawing.numbers(width, Drawing.NO_COLUMN);
        int[] reads = new int[3 * width];
        for (int i = 0; i < width; i++) {
            reads[i] = condition + i;
            reads[width + i] = yes + i;
            reads[2 * width + i] = no + i;
        }
        Step step = (numbers, _) -> {
            for (int i = 0; i < width; i++) {
                numbers[to + i] = numbers[condition + i] != 0 ? numbers[yes + i] : numbers[no + i];
            }
        };
        Value made = drawing.draw(Type.FLOAT, reads, false, to, inputs.dims(), step);
        for (int i = 0; i < width; i++) {
            int branches = Drawing.merged(drawing.origin(yes + i), drawing.origin(no + i));
            drawing.from(to + i, Drawing.merged(drawing.origin(condition + i), branches));
        }
        drawing.define(node.outputs().getFirst(), made);
    }

    /// Each number comes from the columns of the one at the same position alone.
    static void alone(Drawing drawing, int[] reads, Value made) {
        for (int i = 0; i < made.width(); i++) {
            drawing.from(made.places()[i], drawing.origin(reads[i]));
        }
    }

    static void requireNumbers(Value value) {
        if (value.isWords()) {
            throw new NotCompiled("it calculates with words");
        }
    }

    private static boolean isWords(Drawing drawing, Node node) {
        return isWords(drawing, node, 0) || isWords(drawing, node, 1);
    }

    private static boolean isWords(Drawing drawing, Node node, int input) {
        return drawing.isValue(node, input)
                ? drawing.value(node, input).isWords()
                : drawing.constant(node, input).type() == Type.WORDS;
    }

    private static Type type(Drawing drawing, Node node, Binary.Kind kind) {
        return switch (kind) {
            case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, AND, OR, XOR -> Type.BOOLEAN;
            case ADD, SUB, MUL, DIV, POW, MIN, MAX -> {
                boolean isWhole = isWhole(drawing, node, 0) && isWhole(drawing, node, 1);
                if (isWhole && kind == Binary.Kind.DIV) {
                    throw new NotCompiled("it divides whole numbers");
                }
                yield isWhole ? Type.WHOLE : Type.FLOAT;
            }
        };
    }

    private static boolean isWhole(Drawing drawing, Node node, int input) {
        Type type = drawing.isValue(node, input)
                ? drawing.value(node, input).type()
                : drawing.constant(node, input).type();
        return type == Type.WHOLE;
    }

    /// A number as a sum of its own, where it is none yet.
    static Meaning meaning(Drawing drawing, int place) {
        Meaning known = drawing.meanings.get(place);
        return known == null ? Linear.of(place) : known;
    }

    private static Meaning meaning(Drawing drawing, Binary.Kind kind, int left, int right) {
        boolean isLeftFixed = drawing.isFixed(left);
        Meaning x = meaning(drawing, left);
        Meaning y = meaning(drawing, right);
        if (kind == Binary.Kind.ADD && x instanceof Linear first && y instanceof Linear second) {
            if (isLeftFixed) {
                return second.plus(drawing.fixed(left));
            }
            return drawing.isFixed(right) ? first.plus(drawing.fixed(right)) : first.plus(second);
        }
        boolean isRest = kind == Binary.Kind.SUB && isLeftFixed && drawing.fixed(left) == 1;
        return isRest && y instanceof Linked linked ? linked.opposed() : null;
    }
}
