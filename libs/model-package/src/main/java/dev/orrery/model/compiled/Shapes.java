package dev.orrery.model.compiled;

import dev.orrery.model.graph.Node;
import dev.orrery.model.graph.Tensor;
import dev.orrery.model.graph.Tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Operators that arrange values anew. They cost nothing when the plan is run.
final class Shapes {

    private Shapes() {}

    static void same(Drawing drawing, Node node) {
        if (drawing.isValue(node, 0)) {
            drawing.define(node.outputs().getFirst(), drawing.value(node, 0));
        } else {
            drawing.define(node.outputs().getFirst(), drawing.constant(node, 0));
        }
    }

    static void constant(Drawing drawing, Node node) {
        Tensor tensor = node.tensor("value");
        if (node.has("value_float")) {
            tensor = new Tensor(
                    Type.FLOAT, new long[0], new float[] {node.real("value_float", 0)}, null, null, List.of());
        } else if (node.has("value_int")) {
            tensor = new Tensor(
                    Type.WHOLE, new long[0], null, new long[] {node.number("value_int", 0)}, null, List.of());
        } else if (node.has("value_floats")) {
            tensor = Tensor.of(node.floats("value_floats"));
        } else if (node.has("value_ints")) {
            tensor = Tensor.of(node.longs("value_ints"));
        }
        if (tensor == null) {
            throw new NotCompiled("it has a constant of a kind that is not known");
        }
        drawing.define(node.outputs().getFirst(), tensor);
    }

    static void cast(Drawing drawing, Node node) {
        Type to = Type.of(node.number("to", 0));
        if (!drawing.isValue(node, 0)) {
            drawing.define(node.outputs().getFirst(), drawing.constant(node, 0));
            return;
        }
        Value value = drawing.value(node, 0);
        if (value.isWords() != (to == Type.WORDS) || to == Type.OTHER) {
            throw new NotCompiled("it casts words to numbers, or numbers to words, or to a type that is not known");
        }
        boolean isFraction = value.type() == Type.FLOAT || value.type() == Type.DOUBLE;
        Value made = value.as(to);
        if (to == Type.WHOLE && isFraction) {
            made = Arithmetic.unary(drawing, value, Unary.Kind.TRUNCATE, to);
        } else if (to == Type.BOOLEAN && value.type() != Type.BOOLEAN) {
            made = Arithmetic.unary(drawing, value, Unary.Kind.IS_TRUE, to);
        }
        drawing.define(node.outputs().getFirst(), made);
    }

    static void reshape(Drawing drawing, Node node) {
        if (!drawing.isValue(node, 0)) {
            throw new NotCompiled("a constant is reshaped in it");
        }
        Value value = drawing.value(node, 0);
        long[] shape = node.has("shape")
                ? node.longs("shape")
                : drawing.constant(node, 1).longs();
        if (shape.length == 0 || shape[0] != 0 && shape[0] != -1) {
            throw new NotCompiled("operator Reshape does not keep the rows");
        }
        int[] dims = new int[shape.length - 1];
        int open = -1;
        int known = 1;
        for (int i = 0; i < dims.length; i++) {
            dims[i] = shape[i + 1] == 0 ? value.dims()[i] : (int) shape[i + 1];
            if (dims[i] < 0) {
                open = i;
            } else {
                known *= dims[i];
            }
        }
        if (open >= 0) {
            dims[open] = value.width() / known;
        }
        drawing.define(node.outputs().getFirst(), value.shaped(dims));
    }

    /// `Flatten` from the first axis on.
    static void flatten(Drawing drawing, Node node) {
        Value value = drawing.value(node, 0);
        if (node.number("axis", 1) != 1) {
            throw new NotCompiled("operator Flatten does not keep the rows");
        }
        drawing.define(node.outputs().getFirst(), value.shaped(value.width()));
    }

    /// `Squeeze` and `Unsqueeze` of a value: its shape without ones, or with more of them, behind the rows.
    static void squeeze(Drawing drawing, Node node) {
        Value value = drawing.value(node, 0);
        long[] axes = axes(drawing, node);
        boolean[] leave = new boolean[value.dims().length];
        for (int i = 0; i < leave.length; i++) {
            leave[i] = axes.length == 0 && value.dims()[i] == 1;
        }
        for (long axis : axes) {
            leave[inner(axis, value.dims().length)] = true;
        }
        int[] dims = IntStream.range(0, leave.length)
                .filter(i -> !leave[i])
                .map(i -> value.dims()[i])
                .toArray();
        drawing.define(node.outputs().getFirst(), value.shaped(dims));
    }

    static void unsqueeze(Drawing drawing, Node node) {
        if (!drawing.isValue(node, 0)) {
            same(drawing, node);
            return;
        }
        Value value = drawing.value(node, 0);
        List<Integer> dims = new ArrayList<>(Arrays.stream(value.dims()).boxed().toList());
        for (long axis : axes(drawing, node)) {
            dims.add(inner(axis, dims.size() + 1), 1);
        }
        drawing.define(
                node.outputs().getFirst(),
                value.shaped(dims.stream().mapToInt(Integer::intValue).toArray()));
    }

    /// `Concat` of columns. Constants among them are the same in all rows only where there is one row.
    static void concat(Drawing drawing, Node node) {
        List<Value> parts = IntStream.range(0, node.inputs().size())
                .mapToObj(input -> drawing.value(node, input))
                .toList();
        int rank = parts.getFirst().dims().length;
        int axis = inner(node.number("axis", 1), rank);
        int[] dims = parts.getFirst().dims().clone();
        dims[axis] = 0;
        for (Value part : parts) {
            boolean isFlat =
                    part.dims().length == rank && IntStream.range(0, axis).allMatch(i -> part.dims()[i] == 1);
            if (!isFlat || part.isWords() != parts.getFirst().isWords()) {
                throw new NotCompiled("operator Concat joins values of several shapes");
            }
            dims[axis] += part.dims()[axis];
        }
        int[] places = parts.stream()
                .flatMapToInt(part -> Arrays.stream(part.places()))
                .toArray();
        Type type = parts.getFirst().type();
        drawing.define(node.outputs().getFirst(), new Value(type, places, new int[] {places.length}).shaped(dims));
    }

    /// `FeatureVectorizer`: numbers of any type one after the other.
    static void vector(Drawing drawing, Node node) {
        int[] places = IntStream.range(0, node.inputs().size())
                .mapToObj(input -> drawing.value(node, input))
                .peek(Arithmetic::requireNumbers)
                .flatMapToInt(part -> Arrays.stream(part.places()))
                .toArray();
        drawing.define(node.outputs().getFirst(), new Value(Type.FLOAT, places, new int[] {places.length}));
    }

    static void transpose(Drawing drawing, Node node) {
        Value value = drawing.value(node, 0);
        long[] order = node.longs("perm");
        boolean isSame = order.length == value.dims().length + 1
                && IntStream.range(0, order.length).allMatch(i -> order[i] == i);
        if (!isSame) {
            throw new NotCompiled("operator Transpose turns rows into columns");
        }
        drawing.define(node.outputs().getFirst(), value);
    }

    /// The axes that a node is given as an input, or is set to.
    static long[] axes(Drawing drawing, Node node) {
        return drawing.has(node, 1) ? drawing.constant(node, 1).longs() : node.longs("axes");
    }

    /// An axis of a value as one behind the rows.
    static int inner(long axis, int rank) {
        long inner = axis < 0 ? axis + rank : axis - 1;
        if (inner < 0 || inner >= rank) {
            throw new NotCompiled("it works from row to row");
        }
        return (int) inner;
    }
}
