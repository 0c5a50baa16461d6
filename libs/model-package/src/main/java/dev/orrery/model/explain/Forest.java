package dev.orrery.model.explain;

import dev.orrery.model.graph.TreeEnsemble;
import dev.orrery.model.graph.TreeEnsemble.Mode;
import java.util.Arrays;

/// Decision trees with the weight of the rows that came to each node, in flat arrays: a node is a number,
/// and a child's is greater than its parent's.
///
/// @param roots      the first node of each tree
/// @param features   which feature a node asks; [#LEAF] at a leaf
/// @param modes      how it compares
/// @param limits     what it compares with
/// @param missingYes whether a missing value goes the way of yes
/// @param yes        where to go on when the comparison holds
/// @param no         where to go on when it does not
/// @param covers     the weight of the rows that came to a node
/// @param weights    for each target, what each leaf adds
record Forest(
        int[] roots,
        int[] features,
        Mode[] modes,
        float[] limits,
        boolean[] missingYes,
        int[] yes,
        int[] no,
        double[] covers,
        double[][] weights) {

    /// The feature of a leaf.
    static final int LEAF = -1;

    /// Trees as a graph has them; their covers are 0 where it does not say.
    static Forest of(TreeEnsemble trees) {
        return new Planting(trees).forest();
    }

    int size() {
        return features.length;
    }

    boolean isLeaf(int node) {
        return features[node] == LEAF;
    }

    /// Whether a split asks for one value, as a mark of a word does.
    boolean asksForOne(int node) {
        return modes[node] == Mode.BRANCH_EQ || modes[node] == Mode.BRANCH_NEQ;
    }

    /// The child that a value of the node's feature leads to.
    int next(int node, float value) {
        return holds(node, value) || Float.isNaN(value) && missingYes[node] ? yes[node] : no[node];
    }

    private boolean holds(int node, float value) {
        float limit = limits[node];
        return switch (modes[node]) {
            case BRANCH_LT -> value < limit;
            case BRANCH_LEQ -> value <= limit;
            case BRANCH_GT -> value > limit;
            case BRANCH_GTE -> value >= limit;
            case BRANCH_EQ -> value == limit;
            case BRANCH_NEQ -> value != limit;
            case LEAF -> throw new IllegalArgumentException("a leaf asks nothing");
        };
    }

    /// The leaf of a tree that a row comes to.
    int leaf(int root, float[] row) {
        int node = root;
        while (!isLeaf(node)) {
            node = next(node, row[features[node]]);
        }
        return node;
    }

    /// The share of a node's rows that went to a child; half where there were none.
    double share(int node, int child) {
        double both = covers[yes[node]] + covers[no[node]];
        return both > 0 ? covers[child] / both : 0.5;
    }

    /// What all trees add together for one target.
    double sum(float[] row, int target) {
        double sum = 0;
        for (int root : roots) {
            sum += weights[target][leaf(root, row)];
        }
        return sum;
    }

    /// The nodes on the longest way from a root to a leaf.
    int depth() {
        int[] depths = new int[size()];
        for (int node = size() - 1; node >= 0; node--) {
            depths[node] = isLeaf(node) ? 1 : 1 + Math.max(depths[yes[node]], depths[no[node]]);
        }
        return Arrays.stream(depths).max().orElse(0);
    }

    /// The same trees with the covers that these rows have in them.
    Forest covered(float[][] rows) {
        double[] counted = new double[size()];
        for (float[] row : rows) {
            for (int root : roots) {
                int node = root;
                counted[node]++;
                while (!isLeaf(node)) {
                    node = next(node, row[features[node]]);
                    counted[node]++;
                }
            }
        }
        return new Forest(roots, features, modes, limits, missingYes, yes, no, counted, weights);
    }
}
