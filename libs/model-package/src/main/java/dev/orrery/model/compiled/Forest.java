package dev.orrery.model.compiled;

import dev.orrery.model.graph.TreeEnsemble;

/// Trees, asked one after the other. Every branch asks whether a number lies in an interval, whatever it asked in the
/// graph, so there is one kind of branch; each node lies in one piece of memory.
final class Forest implements Step {

    private static final int PLACE = 0;
    private static final int LEAST = 1;
    private static final int MOST = 2;
    private static final int YES = 3;
    private static final int NO = 4;
    private static final int MISSING = 5;
    private static final int SIZE = 6;
    private static final int LEAF = -1;

    private final int[] cells;
    private final int[] roots;
    private final int to;
    /// Of a leaf, its only weight, for a forest that makes one sum.
    private final boolean isSingle;

    private final TreeEnsemble trees;

    /// @param places where the features are
    /// @param to     where the first of the sums goes
    Forest(TreeEnsemble trees, int[] places, int to) {
        this.trees = trees;
        this.to = to;
        isSingle = trees.targets() == 1 && oneWeightEach(trees);
        roots = trees.roots().clone();
        for (int i = 0; i < roots.length; i++) {
            roots[i] *= SIZE;
        }
        cells = new int[Math.multiplyExact(trees.nodes(), SIZE)];
        for (int node = 0; node < trees.nodes(); node++) {
            if (trees.isLeaf(node)) {
                leaf(node);
            } else {
                branch(node, places);
            }
        }
    }

    @Override
    public void run(float[] numbers, int[] words) {
        if (isSingle) {
            numbers[to] = sum(numbers);
        } else {
            sums(numbers);
        }
    }

    private float sum(float[] numbers) {
        int[] nodes = cells;
        float sum = 0;
        for (int root : roots) {
            sum += Float.intBitsToFloat(nodes[leaf(nodes, root, numbers) + LEAST]);
        }
        return sum;
    }

    private void sums(float[] numbers) {
        for (int target = 0; target < trees.targets(); target++) {
            numbers[to + target] = 0;
        }
        int[] first = trees.firstWeights();
        for (int root : roots) {
            int node = leaf(cells, root, numbers) / SIZE;
            for (int i = first[node]; i < first[node + 1]; i++) {
                numbers[to + trees.weightTargets()[i]] += trees.weights()[i];
            }
        }
    }

    private static int leaf(int[] nodes, int root, float[] numbers) {
        int at = root;
        int place = nodes[at];
        while (place >= 0) {
            float x = numbers[place];
            boolean isIn = x >= Float.intBitsToFloat(nodes[at + LEAST]) && x <= Float.intBitsToFloat(nodes[at + MOST]);
            at = nodes[at + (isIn ? YES : x == x ? NO : MISSING)];
            place = nodes[at];
        }
        return at;
    }

    private void leaf(int node) {
        cells[node * SIZE + PLACE] = LEAF;
        if (isSingle) {
            float weight = trees.weights()[trees.firstWeights()[node]];
            cells[node * SIZE + LEAST] = Float.floatToRawIntBits(weight);
        }
    }

    private void branch(int node, int[] places) {
        float limit = trees.thresholds()[node];
        TreeEnsemble.Mode mode = trees.modes()[node];
        boolean isTurned = switch (mode) {
            case BRANCH_GT, BRANCH_GTE, BRANCH_NEQ -> true;
            default -> false;
        };
        boolean isSame = mode == TreeEnsemble.Mode.BRANCH_EQ || mode == TreeEnsemble.Mode.BRANCH_NEQ;
        boolean isBelow = mode == TreeEnsemble.Mode.BRANCH_LT || mode == TreeEnsemble.Mode.BRANCH_GTE;
        boolean isNever = Float.isNaN(limit) || isBelow && limit == Float.NEGATIVE_INFINITY;
        float most = isNever ? Float.NEGATIVE_INFINITY : isBelow ? Math.nextDown(limit) : limit;
        float least = isNever ? Float.POSITIVE_INFINITY : isSame ? limit : Float.NEGATIVE_INFINITY;
        int at = node * SIZE;
        cells[at + PLACE] = places[trees.features()[node]];
        cells[at + LEAST] = Float.floatToRawIntBits(least);
        cells[at + MOST] = Float.floatToRawIntBits(most);
        cells[at + YES] = SIZE * (isTurned ? trees.no() : trees.yes())[node];
        cells[at + NO] = SIZE * (isTurned ? trees.yes() : trees.no())[node];
        cells[at + MISSING] = SIZE * trees.child(node, Float.NaN);
    }

    private static boolean oneWeightEach(TreeEnsemble trees) {
        for (int node = 0; node < trees.nodes(); node++) {
            if (trees.isLeaf(node) && trees.firstWeights()[node + 1] - trees.firstWeights()[node] != 1) {
                return false;
            }
        }
        return true;
    }
}
