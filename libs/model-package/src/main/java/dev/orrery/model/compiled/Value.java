package dev.orrery.model.compiled;

import dev.orrery.model.graph.Tensor.Type;
import java.util.Arrays;
import java.util.stream.IntStream;

/// A value of the graph that differs from row to row.
///
/// @param type   what it is: a 64-bit float is one of 32 bits here, a whole number a float without a fraction, true is
/// 1
/// @param places where a row's are, in the value's order
/// @param dims   its shape without the rows; none of a vector with one value per row
record Value(Type type, int[] places, int[] dims) {

    static Value of(Type type, int first, int... dims) {
        return new Value(type, IntStream.range(first, first + volume(dims)).toArray(), dims);
    }

    int width() {
        return places.length;
    }

    boolean isWords() {
        return type == Type.WORDS;
    }

    Value as(Type other) {
        return new Value(other, places, dims);
    }

    Value shaped(int... shape) {
        if (volume(shape) != places.length) {
            throw new NotCompiled("it rearranges values from row to row");
        }
        return new Value(type, places, shape);
    }

    /// Those of its values that stand at these positions.
    Value picked(int[] positions, int... shape) {
        return new Value(
                type, Arrays.stream(positions).map(position -> places[position]).toArray(), shape);
    }

    static int volume(int[] dims) {
        return Arrays.stream(dims).reduce(1, Math::multiplyExact);
    }
}
