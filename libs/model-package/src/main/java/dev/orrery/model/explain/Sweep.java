package dev.orrery.model.explain;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// The leaves that can be reached while the feature moves: each is come to at one number, and left at
/// another.
final class Sweep {

    private static final int FIRST_ROOM = 256;

    private final Forest forest;
    private final List<AddingTrees> sums;
    private final float[] row;
    private final int moving;
    private final double[] level;
    private float[] at = new float[FIRST_ROOM];
    /// A leaf that is come to, or, less one and negative, one that is left.
    private int[] leaves = new int[FIRST_ROOM];
    private int count;

    /// @param row    the features
    /// @param moving the one that moves
    /// @param asking the roots of the trees that ask it
    Sweep(Forest forest, List<AddingTrees> sums, float[] row, int moving, int[] asking) {
        this.forest = forest;
        this.sums = sums;
        this.row = row;
        this.moving = moving;
        level = sums.stream().mapToDouble(sum -> sum.of(row)).toArray();
        for (int root : asking) {
            add(forest.leaf(root, row), -1);
            walk(root, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
        }
    }

    /// @param from  where the moving feature is at least
    /// @param until where it is not yet
    private void walk(int node, float from, float until) {
        if (forest.isLeaf(node)) {
            note(from, node);
            note(until, -1 - node);
        } else if (forest.features()[node] != moving) {
            walk(forest.next(node, row[forest.features()[node]]), from, until);
        } else {
            split(node, from, until);
        }
    }

    private void split(int node, float from, float until) {
        float limit = forest.limits()[node];
        float after = Math.nextUp(limit);
        switch (forest.modes()[node]) {
            case BRANCH_LT -> both(forest.yes()[node], forest.no()[node], limit, from, until);
            case BRANCH_LEQ -> both(forest.yes()[node], forest.no()[node], after, from, until);
            case BRANCH_GTE -> both(forest.no()[node], forest.yes()[node], limit, from, until);
            case BRANCH_GT -> both(forest.no()[node], forest.yes()[node], after, from, until);
            default -> {
                int at = forest.next(node, limit);
                int beside = at == forest.yes()[node] ? forest.no()[node] : forest.yes()[node];
                between(beside, from, Math.min(limit, until));
                between(at, Math.max(limit, from), Math.min(after, until));
                between(beside, Math.max(after, from), until);
            }
        }
    }

    private void both(int below, int above, float limit, float from, float until) {
        between(below, from, Math.min(limit, until));
        between(above, Math.max(limit, from), until);
    }

    private void between(int node, float from, float until) {
        if (from < until) {
            walk(node, from, until);
        }
    }

    private void note(float where, int leaf) {
        if (count == at.length) {
            at = Arrays.copyOf(at, 2 * count);
            leaves = Arrays.copyOf(leaves, 2 * count);
        }
        at[count] = where;
        leaves[count++] = leaf;
    }

    private void add(int leaf, int sign) {
        for (int sum = 0; sum < level.length; sum++) {
            level[sum] += sign * sums.get(sum).weights()[leaf];
        }
    }

    float[] nearest(float from, boolean whole, Predicate<double[]> wanted) {
        float below = Float.NaN;
        float above = Float.NaN;
        long[] order = order();
        int next = 0;
        while (next < count) {
            float start = at[(int) order[next]];
            while (next < count && at[(int) order[next]] == start) {
                int leaf = leaves[(int) order[next++]];
                add(leaf < 0 ? -1 - leaf : leaf, leaf < 0 ? -1 : 1);
            }
            float end = next == count ? Float.POSITIVE_INFINITY : at[(int) order[next]];
            float number = start < end ? within(start, end, from, whole) : Float.NaN;
            if (!Float.isNaN(number) && wanted.test(level)) {
                if (number > from) {
                    above = number;
                    break;
                }
                below = number;
            }
        }
        return numbers(below, above);
    }

    /// The number of a step that is nearest to a place; NaN where it holds none.
    private static float within(float start, float end, float from, boolean whole) {
        float last = Math.nextDown(end);
        float nearest = Math.clamp(from, start, last);
        if (!whole) {
            return Float.isFinite(nearest) ? nearest : Float.NaN;
        }
        float number = (float) (nearest > from ? Math.ceil(nearest) : Math.floor(nearest));
        return number >= start && number <= last && Float.isFinite(number) ? number : Float.NaN;
    }

    private static float[] numbers(float below, float above) {
        if (Float.isNaN(below)) {
            return Float.isNaN(above) ? new float[0] : new float[] {above};
        }
        return Float.isNaN(above) ? new float[] {below} : new float[] {below, above};
    }

    /// The places of what was noted, by where it was.
    private long[] order() {
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            int bits = Float.floatToIntBits(at[i] + 0f);
            keys[i] = (long) (bits ^ bits >> 31 & Integer.MAX_VALUE) << 32 | i;
        }
        Arrays.sort(keys);
        return keys;
    }
}
