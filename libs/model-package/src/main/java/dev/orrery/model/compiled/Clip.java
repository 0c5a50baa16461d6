package dev.orrery.model.compiled;

import dev.orrery.model.graph.Node;
import dev.orrery.model.graph.Tensor;
import dev.orrery.model.graph.Tensor.Type;

/// `Clip`: numbers kept within limits, which older versions of the operator have as attributes.
final class Clip {

    private Clip() {}

    static void draw(Drawing drawing, Node node) {
        Value value = drawing.value(node, 0);
        float least = limit(drawing, node, 1, node.real("min", Float.NEGATIVE_INFINITY));
        float most = limit(drawing, node, 2, node.real("max", Float.POSITIVE_INFINITY));
        int from = drawing.range(value);
        int width = value.width();
        int to = drawing.numbers(width, Drawing.NO_COLUMN);
        Step step = (numbers, _) -> {
            for (int i = 0; i < width; i++) {
                float x = numbers[from + i];
                numbers[to + i] = x < least ? least : x > most ? most : x;
            }
        };
        int[] reads = Value.of(Type.FLOAT, from, width).places();
        Value made = drawing.draw(Type.FLOAT, reads, false, to, value.dims(), step);
        Arithmetic.alone(drawing, reads, made);
        drawing.define(node.outputs().getFirst(), made);
    }

    private static float limit(Drawing drawing, Node node, int input, float otherwise) {
        if (!drawing.has(node, input)) {
            return otherwise;
        }
        Tensor limit = drawing.constant(node, input);
        return Floats.of(limit)[0];
    }
}
