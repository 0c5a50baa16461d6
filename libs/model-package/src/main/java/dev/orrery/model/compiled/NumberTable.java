package dev.orrery.model.compiled;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// A number for each of some numbers.
///
/// @param keys   in their order
/// @param values in the keys' order
/// @param other  what any other number stands for
record NumberTable(float[] keys, float[] values, float other) {

    /// @param values of each of the keys; the first counts where a key is told twice
    static NumberTable of(float[] keys, IntFunction<Float> values, float other) {
        int[] order = IntStream.range(0, keys.length)
                .boxed()
                .sorted((a, b) -> Float.compare(keys[a] + 0f, keys[b] + 0f))
                .mapToInt(Integer::intValue)
                .toArray();
        float[] sorted = new float[keys.length];
        float[] found = new float[keys.length];
        int count = 0;
        for (int at : order) {
            if (Float.isNaN(keys[at])) {
                throw new NotCompiled("it encodes what is no number");
            }
            if (count == 0 || sorted[count - 1] != keys[at]) {
                sorted[count] = keys[at] + 0f;
                found[count++] = values.apply(at);
            }
        }
        return new NumberTable(Arrays.copyOf(sorted, count), Arrays.copyOf(found, count), other);
    }

    float number(float key) {
        int at = Arrays.binarySearch(keys, key + 0f);
        return at < 0 ? other : values[at];
    }
}
