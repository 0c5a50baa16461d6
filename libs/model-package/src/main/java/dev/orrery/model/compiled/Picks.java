package dev.orrery.model.compiled;

import dev.orrery.model.graph.Node;
import dev.orrery.model.graph.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Operators that pick some of a row's values. They cost nothing when the plan is run.
final class Picks {

    private Picks() {}

    /// `ArrayFeatureExtractor`: positions in the last dimension.
    static void extract(Drawing drawing, Node node) {
        Value value = drawing.value(node, 0);
        requireVector(node, value);
        long[] positions = drawing.constant(node, 1).longs();
        define(drawing, node, 0, value, positions, new int[] {positions.length});
    }

    /// `Gather`: positions in one dimension, which a single position leaves out.
    static void gather(Drawing drawing, Node node) {
        Value value = drawing.value(node, 0);
        int axis = Shapes.inner(node.number("axis", 0), value.dims().length);
        boolean isLast = IntStream.range(0, value.dims().length).allMatch(i -> i == axis || value.dims()[i] == 1);
        if (!isLast) {
            throw new NotCompiled("operator Gather picks from several dimensions");
        }
        Tensor positions = drawing.constant(node, 1);
        int[] dims = value.dims().clone();
        dims[axis] = positions.size();
        int[] shape = positions.dims().length > 0
                ? dims
                : IntStream.range(0, dims.length)
                        .filter(i -> i != axis)
                        .map(i -> dims[i])
                        .toArray();
        define(drawing, node, 0, value, positions.longs(), shape);
    }

    static void slice(Drawing drawing, Node node) {
        Value value = drawing.value(node, 0);
        requireVector(node, value);
        boolean isOld = node.has("starts");
        long[] starts = isOld ? node.longs("starts") : drawing.constant(node, 1).longs();
        long[] ends = isOld ? node.longs("ends") : drawing.constant(node, 2).longs();
        long[] axes = isOld
                ? node.longs("axes")
                : drawing.has(node, 3) ? drawing.constant(node, 3).longs() : new long[0];
        boolean isStepped = drawing.has(node, 4)
                && Arrays.stream(drawing.constant(node, 4).longs()).anyMatch(step -> step != 1);
        if (starts.length != 1 || axes.length != 1 || isStepped) {
            throw new NotCompiled("operator Slice works in several dimensions, or leaves values out");
        }
        Shapes.inner(axes[0], 1);
        long from = place(starts[0], value.width());
        long to = Math.max(from, place(ends[0], value.width()));
        define(drawing, node, 0, value, range(from, to), new int[] {(int) (to - from)});
    }

    static void split(Drawing drawing, Node node) {
        Value value = drawing.value(node, 0);
        requireVector(node, value);
        Shapes.inner(node.number("axis", 0), 1);
        int parts = node.outputs().size();
        long[] sizes = drawing.has(node, 1) ? drawing.constant(node, 1).longs() : node.longs("split");
        if (sizes.length == 0 && value.width() % parts == 0) {
            sizes = new long[parts];
            Arrays.fill(sizes, value.width() / parts);
        }
        if (sizes.length != parts || Arrays.stream(sizes).sum() != value.width()) {
            throw new NotCompiled("operator Split has other sizes than its input");
        }
        long from = 0;
        for (int part = 0; part < parts; part++) {
            define(drawing, node, part, value, range(from, from + sizes[part]), new int[] {(int) sizes[part]});
            from += sizes[part];
        }
    }

    private static void define(Drawing drawing, Node node, int output, Value value, long[] positions, int[] dims) {
        int[] picked = new int[positions.length];
        for (int i = 0; i < picked.length; i++) {
            long position = positions[i] < 0 ? positions[i] + value.width() : positions[i];
            if (position < 0 || position >= value.width()) {
                throw new NotCompiled(
                        "operator %s picks value %d of %d".formatted(node.operator(), positions[i], value.width()));
            }
            picked[i] = (int) position;
        }
        drawing.define(node.outputs().get(output), value.picked(picked, dims));
    }

    private static void requireVector(Node node, Value value) {
        if (value.dims().length != 1) {
            throw new NotCompiled("operator %s is given no columns".formatted(node.operator()));
        }
    }

    private static long place(long position, int width) {
        return Math.clamp(position < 0 ? position + width : position, 0, width);
    }

    private static long[] range(long from, long to) {
        long[] range = new long[(int) (to - from)];
        Arrays.setAll(range, i -> from + i);
        return range;
    }
}
