package dev.orrery.model.explain;

import dev.orrery.model.graph.TreeEnsemble;
import dev.orrery.model.graph.TreeEnsemble.Mode;

/// Puts a graph's trees into a forest, each node before its children.
final class Planting {

    private final TreeEnsemble trees;
    private final int[] places;
    /// What was met and not numbered yet: trees may be deep.
    private final int[] waiting;
    private final Forest planted;
    private int next;

    Planting(TreeEnsemble trees) {
        this.trees = trees;
        int size = trees.nodes();
        places = new int[size];
        waiting = new int[size + 1];
        planted = new Forest(
                new int[trees.roots().length],
                new int[size],
                new Mode[size],
                new float[size],
                new boolean[size],
                new int[size],
                new int[size],
                new double[size],
                new double[trees.targets()][size]);
    }

    Forest forest() {
        for (int tree = 0; tree < planted.roots().length; tree++) {
            planted.roots()[tree] = next;
            number(trees.roots()[tree]);
        }
        for (int node = 0; node < places.length; node++) {
            plant(node, places[node]);
        }
        return planted;
    }

    /// Numbers a node and all below it.
    private void number(int root) {
        int count = 1;
        waiting[0] = root;
        while (count > 0) {
            int node = waiting[--count];
            places[node] = next++;
            if (!trees.isLeaf(node)) {
                waiting[count++] = trees.no()[node];
                waiting[count++] = trees.yes()[node];
            }
        }
    }

    private void plant(int node, int place) {
        planted.modes()[place] = trees.modes()[node];
        planted.limits()[place] = trees.thresholds()[node];
        planted.missingYes()[place] = trees.missingIsTrue()[node];
        planted.covers()[place] = trees.covers() == null ? 0 : trees.covers()[node];
        if (trees.isLeaf(node)) {
            planted.features()[place] = Forest.LEAF;
            for (int i = trees.firstWeights()[node]; i < trees.firstWeights()[node + 1]; i++) {
                planted.weights()[trees.weightTargets()[i]][place] += trees.weights()[i];
            }
        } else {
            planted.features()[place] = trees.features()[node];
            planted.yes()[place] = places[trees.yes()[node]];
            planted.no()[place] = places[trees.no()[node]];
        }
    }
}
