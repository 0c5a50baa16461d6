package dev.orrery.model.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// How sums of trees step up and down while one feature moves and the others stay. Between two splits
/// nothing changes, so the nearest value at which something does is found without trying any.
final class Steps {

    private final Forest forest;
    private final List<AddingTrees> sums;
    /// Per feature the trees that ask it.
    private final int[][] asking;

    /// @param sums of the same forest
    Steps(Forest forest, List<AddingTrees> sums) {
        this.forest = forest;
        this.sums = sums;
        asking = asking(forest, 1 + Arrays.stream(forest.features()).max().orElse(Forest.LEAF));
    }

    /// The nearest numbers on both sides of a place where the sums are as wanted, each first of its step.
    ///
    /// @param row    the features
    /// @param moving the feature that moves
    /// @param from   the place
    /// @param whole  whether only whole numbers count
    /// @param wanted tells of the sums, in their order
    float[] nearest(float[] row, int moving, float from, boolean whole, Predicate<double[]> wanted) {
        if (asking[moving].length == 0) {
            return new float[0];
        }
        Sweep sweep = new Sweep(forest, sums, row, moving, asking[moving]);
        return sweep.nearest(from, whole, wanted);
    }

    private static int[][] asking(Forest forest, int features) {
        List<List<Integer>> trees = new ArrayList<>();
        for (int feature = 0; feature < features; feature++) {
            trees.add(new ArrayList<>());
        }
        int tree = 0;
        int[] roots = forest.roots();
        for (int node = 0; node < forest.size(); node++) {
            tree += tree + 1 < roots.length && roots[tree + 1] == node ? 1 : 0;
            List<Integer> ofFeature = forest.isLeaf(node) ? null : trees.get(forest.features()[node]);
            if (ofFeature != null && (ofFeature.isEmpty() || ofFeature.getLast() != roots[tree])) {
                ofFeature.add(roots[tree]);
            }
        }
        return trees.stream()
                .map(ofFeature -> ofFeature.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }
}
