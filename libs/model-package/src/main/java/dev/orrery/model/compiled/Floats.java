package dev.orrery.model.compiled;

import dev.orrery.model.graph.Tensor;
import java.util.function.IntFunction;

/// Arrays of floats.
final class Floats {

    private Floats() {}

    static float[] of(int length, IntFunction<Float> at) {
        float[] floats = new float[length];
        for (int i = 0; i < length; i++) {
            floats[i] = at.apply(i);
        }
        return floats;
    }

    /// A constant as floats, whatever numbers it has.
    static float[] of(Tensor tensor) {
        return of(tensor.size(), at -> switch (tensor.type()) {
            case FLOAT -> tensor.floats()[at];
            case WHOLE, BOOLEAN -> whole(tensor.longs()[at]);
            case DOUBLE -> (float) tensor.reals()[at];
            case WORDS, OTHER -> throw new NotCompiled("it calculates with what are no numbers");
        });
    }

    /// A whole number as a float, which has 24 bits for it.
    static float whole(long number) {
        if ((long) (float) number != number) {
            throw new NotCompiled("its whole number %d has more than 24 bits".formatted(number));
        }
        return number;
    }
}
