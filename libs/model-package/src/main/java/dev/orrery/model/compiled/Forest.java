package dev.orrery.model.compiled;

import dev.orrery.model.graph.TreeEnsemble;
import java.util.stream.IntStream;

/// Trees, asked four at a time, without a branch that a processor would have to guess. Numbers are looked at as whole
/// numbers of the same order, the missing one before all, so that every node of every kind asks one thing: whether a
/// key
/// lies in an interval.
final class Forest implements Step {

    /// Levels up to which all of a group's trees are walked down to the deepest leaf: a leaf leads to itself.
    private static final int SHALLOW = 8;

    private static final int TOGETHER = 4;
    private static final long UNSIGNED = 0xFFFF_FFFFL;
    private static final int SIGN = 63;

    private final TreeNodes nodes;
    private final TreeEnsemble trees;
    private final int[] features;
    /// The features that any branch looks at.
    private final int[] asked;

    private final int keys;
    private final int to;
    private final boolean isSingle;
    private final int depth;

    /// @param features where the numbers are that the trees look at
    /// @param keys     the first of as many places for the numbers' keys
    /// @param to       where the first of the sums goes
    Forest(TreeEnsemble trees, int[] features, int keys, int to) {
        this.trees = trees;
        this.features = features;
        asked = IntStream.range(0, trees.nodes())
                .filter(node -> !trees.isLeaf(node))
                .map(node -> trees.features()[node])
                .distinct()
                .sorted()
                .toArray();
        this.keys = keys;
        this.to = to;
        isSingle = trees.targets() == 1 && TreeNodes.hasOneWeightEach(trees);
        nodes = TreeNodes.of(trees, keys, isSingle);
        depth = nodes.depth();
    }

    @Override
    public void run(float[] numbers, int[] words) {
        for (int feature : asked) {
            words[keys + feature] = TreeNodes.key(numbers[features[feature]]);
        }
        if (!isSingle) {
            sums(numbers, words);
        } else if (depth <= SHALLOW) {
            numbers[to] = shallow(nodes.cells(), nodes.roots(), words, depth);
        } else {
            numbers[to] = deep(nodes.cells(), nodes.roots(), words);
        }
    }

    private static float shallow(int[] cells, int[] roots, int[] keys, int depth) {
        float sum = 0;
        int root = 0;
        for (; root <= roots.length - TOGETHER; root += TOGETHER) {
            int a = roots[root];
            int b = roots[root + 1];
            int c = roots[root + 2];
            int d = roots[root + 3];
            for (int level = 0; level < depth; level++) {
                a = next(cells, keys, a);
                b = next(cells, keys, b);
                c = next(cells, keys, c);
                d = next(cells, keys, d);
            }
            sum += weight(cells, a);
            sum += weight(cells, b);
            sum += weight(cells, c);
            sum += weight(cells, d);
        }
        for (; root < roots.length; root++) {
            sum += weight(cells, leaf(cells, keys, roots[root]));
        }
        return sum;
    }

    private static float deep(int[] cells, int[] roots, int[] keys) {
        float sum = 0;
        for (int root : roots) {
            sum += weight(cells, leaf(cells, keys, root));
        }
        return sum;
    }

    private void sums(float[] numbers, int[] words) {
        for (int target = 0; target < trees.targets(); target++) {
            numbers[to + target] = 0;
        }
        int[] first = trees.firstWeights();
        for (int root : nodes.roots()) {
            int node = leaf(nodes.cells(), words, root) / TreeNodes.SIZE;
            for (int i = first[node]; i < first[node + 1]; i++) {
                numbers[to + trees.weightTargets()[i]] += trees.weights()[i];
            }
        }
    }

    private static int leaf(int[] cells, int[] keys, int root) {
        int at = root;
        for (int next = next(cells, keys, at); next != at; next = next(cells, keys, at)) {
            at = next;
        }
        return at;
    }

    /// Where a node leads. Calculated, because a guess is wrong every other time.
    private static int next(int[] cells, int[] keys, int at) {
        long above = keys[cells[at]] - cells[at + TreeNodes.LEAST] & UNSIGNED;
        long span = cells[at + TreeNodes.SPAN] & UNSIGNED;
        return cells[at + TreeNodes.IN + (int) (span - above >>> SIGN)];
    }

    private static float weight(int[] cells, int leaf) {
        return Float.intBitsToFloat(cells[leaf + TreeNodes.LEAST]);
    }
}
