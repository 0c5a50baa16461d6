package dev.orrery.model.graph;

import java.util.List;

/// Decision trees in flat arrays: what a `TreeEnsembleRegressor` or `TreeEnsembleClassifier` is set to. Nodes are
/// numbered
/// through all trees; all arrays are read only.
///
/// @param targets       how many sums the trees make
/// @param roots         the first node of each tree, in the trees' order
/// @param modes         how each node asks
/// @param features      which feature a branch looks at
/// @param thresholds    what a branch compares with
/// @param missingIsTrue whether a branch sends NaN to [#yes], whatever its comparison says
/// @param yes           where a branch goes on when its comparison holds
/// @param no            where it goes on when not
/// @param covers        how many training rows met each node, or any measure of it; null where the file does not say
/// @param firstWeights  where a leaf's weights begin in [#weights]; those of node n end where those of n + 1 begin
/// @param weightTargets to which sum each weight is added
/// @param weights       what leaves add
public record TreeEnsemble(
        int targets,
        int[] roots,
        Mode[] modes,
        int[] features,
        float[] thresholds,
        boolean[] missingIsTrue,
        int[] yes,
        int[] no,
        float[] covers,
        int[] firstWeights,
        int[] weightTargets,
        float[] weights) {

    /// How a node compares the feature with its threshold.
    public enum Mode {
        BRANCH_LEQ,
        BRANCH_LT,
        BRANCH_GTE,
        BRANCH_GT,
        BRANCH_EQ,
        BRANCH_NEQ,
        LEAF
    }

    private static final List<String> OF_64_BITS = List.of(
            "nodes_values_as_tensor",
            "nodes_hitrates_as_tensor",
            "base_values_as_tensor",
            "class_weights_as_tensor",
            "target_weights_as_tensor");

    /// Whether a node has trees that can be read: of numbers of 32 bits.
    public static boolean isOne(Node node) {
        return (node.operator().equals("TreeEnsembleRegressor")
                        || node.operator().equals("TreeEnsembleClassifier"))
                && OF_64_BITS.stream().noneMatch(node::has);
    }

    /// The ensemble of a node of either operator.
    ///
    /// @throws Malformed when its lists do not fit together, or a tree is none
    public static TreeEnsemble of(Node node) {
        return new TreeReader(node).read();
    }

    public int nodes() {
        return modes.length;
    }

    public boolean isLeaf(int node) {
        return modes[node] == Mode.LEAF;
    }

    /// Where a branch sends a value.
    public int child(int node, float value) {
        boolean holds = Float.isNaN(value) && missingIsTrue[node] || holds(modes[node], value, thresholds[node]);
        return holds ? yes[node] : no[node];
    }

    /// One more than the highest feature that is looked at.
    public int width() {
        int width = 0;
        for (int node = 0; node < modes.length; node++) {
            if (!isLeaf(node)) {
                width = Math.max(width, features[node] + 1);
            }
        }
        return width;
    }

    private static boolean holds(Mode mode, float value, float threshold) {
        return switch (mode) {
            case BRANCH_LEQ -> value <= threshold;
            case BRANCH_LT -> value < threshold;
            case BRANCH_GTE -> value >= threshold;
            case BRANCH_GT -> value > threshold;
            case BRANCH_EQ -> value == threshold;
            case BRANCH_NEQ -> value != threshold;
            case LEAF -> throw new IllegalArgumentException("a leaf asks nothing");
        };
    }
}
