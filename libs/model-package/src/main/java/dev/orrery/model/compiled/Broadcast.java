package dev.orrery.model.compiled;

import dev.orrery.model.graph.Node;
import dev.orrery.model.graph.Tensor;
import dev.orrery.model.graph.Tensor.Type;
import java.util.Arrays;
import java.util.List;

/// Inputs of a node that are calculated with one by one, all brought to the same shape: ONNX's multidirectional
/// broadcasting, but never from row to row.
///
/// @param dims   the shape, without the rows
/// @param places for each input as many places as the shape has values
record Broadcast(int[] dims, int[][] places) {

    static Broadcast of(Drawing drawing, Node node, int from, int to) {
        int[][] shapes = new int[to - from][];
        int rank = -1;
        for (int input = from; input < to; input++) {
            if (drawing.isValue(node, input)) {
                shapes[input - from] = drawing.value(node, input).dims();
                if (rank >= 0 && rank != shapes[input - from].length) {
                    throw acrossRows(node);
                }
                rank = shapes[input - from].length;
            }
        }
        if (rank < 0) {
            throw new NotCompiled("operator %s is given nothing but constants".formatted(node.operator()));
        }
        for (int input = from; input < to; input++) {
            if (shapes[input - from] == null) {
                shapes[input - from] = shape(node, drawing.constant(node, input), rank);
            }
        }
        int[] dims = common(node, shapes, rank);
        int[][] places = new int[shapes.length][];
        for (int i = 0; i < shapes.length; i++) {
            places[i] = spread(places(drawing, node, from + i), shapes[i], dims);
        }
        return new Broadcast(dims, places);
    }

    int width() {
        return Value.volume(dims);
    }

    /// All places, for whoever reads them all.
    int[] all() {
        return Arrays.stream(places).flatMapToInt(Arrays::stream).toArray();
    }

    /// One of the inputs, in the common shape.
    Value value(Type type, int input) {
        return new Value(type, places[input], dims);
    }

    /// A constant's shape without the rows, of which it must have one.
    private static int[] shape(Node node, Tensor tensor, int rank) {
        List<Long> dims = Arrays.stream(tensor.dims()).boxed().toList();
        if (dims.size() > rank) {
            if (dims.size() > rank + 1 || dims.getFirst() != 1) {
                throw acrossRows(node);
            }
            dims = dims.subList(1, dims.size());
        }
        int[] shape = new int[rank];
        Arrays.fill(shape, 1);
        for (int i = 0; i < dims.size(); i++) {
            shape[rank - dims.size() + i] = Math.toIntExact(dims.get(i));
        }
        return shape;
    }

    private static int[] places(Drawing drawing, Node node, int input) {
        if (drawing.isValue(node, input)) {
            return drawing.value(node, input).places();
        }
        Tensor constant = drawing.constant(node, input);
        if (constant.type() == Type.WORDS) {
            return constant.words().stream().mapToInt(drawing::word).toArray();
        }
        float[] numbers = Floats.of(constant);
        int[] places = new int[numbers.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = drawing.constant(numbers[i]);
        }
        return places;
    }

    private static int[] common(Node node, int[][] shapes, int rank) {
        int[] dims = new int[rank];
        Arrays.fill(dims, 1);
        for (int[] shape : shapes) {
            for (int i = 0; i < rank; i++) {
                if (dims[i] != shape[i] && dims[i] != 1 && shape[i] != 1) {
                    throw new NotCompiled("operator %s is given values of %s and of %s"
                            .formatted(node.operator(), Arrays.toString(dims), Arrays.toString(shape)));
                }
                dims[i] = Math.max(dims[i], shape[i]);
            }
        }
        return dims;
    }

    private static int[] spread(int[] places, int[] shape, int[] dims) {
        int[] spread = new int[Value.volume(dims)];
        for (int flat = 0; flat < spread.length; flat++) {
            int rest = flat;
            int position = 0;
            int stride = 1;
            for (int i = dims.length - 1; i >= 0; i--) {
                int index = rest % dims[i];
                rest /= dims[i];
                position += shape[i] == 1 ? 0 : index * stride;
                stride *= shape[i];
            }
            spread[flat] = places[position];
        }
        return spread;
    }

    private static NotCompiled acrossRows(Node node) {
        return new NotCompiled("operator %s mixes values of several rows".formatted(node.operator()));
    }
}
