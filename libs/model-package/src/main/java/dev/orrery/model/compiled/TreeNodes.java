package dev.orrery.model.compiled;

import dev.orrery.model.graph.TreeEnsemble;
import dev.orrery.model.graph.TreeEnsemble.Mode;
import java.util.Arrays;
import java.util.BitSet;

/// Nodes of trees in one array. A node is the place of a key, an interval as its least key and how far it goes, and the
/// nodes that keys inside and outside lead to. A leaf leads to itself, and has its weight instead of the least key.
///
/// @param roots where the trees begin, in their order
/// @param depth branches on the longest way to a leaf, as far as it is worth counting
record TreeNodes(int[] cells, int[] roots, int depth) {

    static final int LEAST = 1;
    static final int SPAN = 2;
    static final int IN = 3;
    static final int OUT = 4;
    static final int SIZE = 5;

    private static final int MISSING = Integer.MIN_VALUE;
    private static final int LEAST_NUMBER = ordered(Float.NEGATIVE_INFINITY);
    private static final int MOST_NUMBER = ordered(Float.POSITIVE_INFINITY);
    private static final int DEEP = 64;
    /// No number has this key.
    private static final int NEVER = Integer.MAX_VALUE;

    /// @param keys      the place of the first feature's key
    /// @param isSingle whether each leaf has one weight
    static TreeNodes of(TreeEnsemble trees, int keys, boolean isSingle) {
        return new Building(trees, keys, isSingle).nodes();
    }

    /// A number as a whole number of the same order; the missing one is the least.
    static int key(float number) {
        return number != number ? MISSING : ordered(number);
    }

    private static int ordered(float number) {
        int bits = Float.floatToRawIntBits(number + 0f);
        return bits ^ bits >> Integer.SIZE - 1 & Integer.MAX_VALUE;
    }

    static boolean hasOneWeightEach(TreeEnsemble trees) {
        for (int node = 0; node < trees.nodes(); node++) {
            if (trees.isLeaf(node) && trees.firstWeights()[node + 1] - trees.firstWeights()[node] != 1) {
                return false;
            }
        }
        return true;
    }

    private static final class Building {

        private final TreeEnsemble trees;
        private final int keys;
        private final boolean isSingle;
        private int[] cells;
        private int end;

        Building(TreeEnsemble trees, int keys, boolean isSingle) {
            this.trees = trees;
            this.keys = keys;
            this.isSingle = isSingle;
            end = Math.multiplyExact(trees.nodes(), SIZE);
            cells = new int[end];
        }

        TreeNodes nodes() {
            for (int node = 0; node < trees.nodes(); node++) {
                if (trees.isLeaf(node)) {
                    float weight = isSingle ? trees.weights()[trees.firstWeights()[node]] : 0;
                    put(node * SIZE, keys, Float.floatToRawIntBits(weight), 0, node * SIZE, node * SIZE);
                } else {
                    branch(node);
                }
            }
            int[] roots = trees.roots().clone();
            for (int i = 0; i < roots.length; i++) {
                roots[i] *= SIZE;
            }
            // A node may have become two.
            int nodesEach = end > trees.nodes() * SIZE ? 2 : 1;
            return new TreeNodes(Arrays.copyOf(cells, end), roots, nodesEach * depth());
        }

        /// Branches on the longest way to a leaf, counted no further than matters.
        private int depth() {
            BitSet level = new BitSet(trees.nodes());
            Arrays.stream(trees.roots()).forEach(level::set);
            for (int depth = 0; depth < DEEP; depth++) {
                BitSet below = new BitSet(trees.nodes());
                level.stream().filter(node -> !trees.isLeaf(node)).forEach(node -> {
                    below.set(trees.yes()[node]);
                    below.set(trees.no()[node]);
                });
                if (below.isEmpty()) {
                    return depth;
                }
                level = below;
            }
            return DEEP;
        }

        private void branch(int node) {
            float limit = trees.thresholds()[node];
            int most = MOST_NUMBER;
            int least = LEAST_NUMBER;
            switch (trees.modes()[node]) {
                case BRANCH_LEQ -> most = key(limit);
                case BRANCH_LT -> most = key(limit) - 1;
                case BRANCH_GTE -> least = key(limit);
                case BRANCH_GT -> least = key(limit) + 1;
                case BRANCH_EQ, BRANCH_NEQ -> {
                    least = key(limit);
                    most = least;
                }
                case LEAF -> throw new IllegalStateException("a leaf is no branch");
            }
            boolean isTurned = trees.modes()[node] == Mode.BRANCH_NEQ;
            int in = SIZE * (isTurned ? trees.no() : trees.yes())[node];
            int out = SIZE * (isTurned ? trees.yes() : trees.no())[node];
            if (Float.isNaN(limit) || least > most) {
                least = NEVER;
                most = NEVER;
            }
            place(node, least, most, in, out);
        }

        /// Puts an interval of numbers where a missing one is sent the right way, too.
        private void place(int node, int least, int most, int in, int out) {
            int at = node * SIZE;
            int key = keys + trees.features()[node];
            if (SIZE * trees.child(node, Float.NaN) == out) {
                put(at, key, least, most - least, in, out);
            } else if (least == LEAST_NUMBER) {
                put(at, key, MISSING, most - MISSING, in, out);
            } else if (most == MOST_NUMBER) {
                put(at, key, LEAST_NUMBER, least - 1 - LEAST_NUMBER, out, in);
            } else {
                int second = end;
                end += SIZE;
                cells = end > cells.length ? Arrays.copyOf(cells, 2 * end) : cells;
                put(at, key, MISSING, 0, in, second);
                put(second, key, least, most - least, in, out);
            }
        }

        private void put(int at, int key, int least, int span, int in, int out) {
            cells[at] = key;
            cells[at + LEAST] = least;
            cells[at + SPAN] = span;
            cells[at + IN] = in;
            cells[at + OUT] = out;
        }
    }
}
