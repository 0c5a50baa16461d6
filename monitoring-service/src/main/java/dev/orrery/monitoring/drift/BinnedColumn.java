package dev.orrery.monitoring.drift;

import dev.orrery.contracts.Profile.Bins;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// One column of a reference, each bin with its number.
final class BinnedColumn {

    private final String name;
    private final int first;
    private final int other;
    private final int missing;
    private final double[] edges;
    private final Map<String, Integer> words = new HashMap<>();

    /// @param first the number of its first bin
    BinnedColumn(Bins bins, int first) {
        name = bins.column();
        this.first = first;
        other = first + bins.counts().length - 2;
        missing = other + 1;
        edges = bins.edges();
        if (edges == null) {
            for (int i = 0; i < bins.words().size(); i++) {
                words.putIfAbsent(bins.words().get(i), first + i);
            }
        }
    }

    String name() {
        return name;
    }

    int width() {
        return missing + 1 - first;
    }

    int missing() {
        return missing;
    }

    int of(boolean value) {
        return edges == null ? words.getOrDefault(String.valueOf(value), other) : other;
    }

    int of(long value) {
        return edges == null ? words.getOrDefault(String.valueOf(value), other) : of((double) value);
    }

    int of(double value) {
        if (Double.isNaN(value)) {
            return missing;
        }
        if (edges == null) {
            return words.getOrDefault(String.valueOf(value), other);
        }
        if (Double.isInfinite(value)) {
            return other;
        }
        int found = Arrays.binarySearch(edges, value);
        return first + (found >= 0 ? found + 1 : -found - 1);
    }

    int of(String value) {
        if (value.isEmpty()) {
            return missing;
        }
        return edges == null ? words.getOrDefault(value, other) : other;
    }
}
