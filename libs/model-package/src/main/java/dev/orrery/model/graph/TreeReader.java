package dev.orrery.model.graph;

import dev.orrery.model.graph.TreeEnsemble.Mode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads trees from the lists that a node keeps them in, and makes sure that they are trees.
final class TreeReader {

    private static final int NOBODY = -1;
    private static final int UNKNOWN = -2;

    /// A node as the file names it.
    private record Place(long tree, long node) {}

    private final Node node;
    private final boolean classifies;
    private final Map<Place, Integer> numbers = new HashMap<>();
    private final long[] trees;
    private final Mode[] modes;

    TreeReader(Node node) {
        this.node = node;
        classifies = node.operator().equals("TreeEnsembleClassifier");
        trees = node.longs("nodes_treeids");
        modes = modes(node.words("nodes_modes"));
    }

    TreeEnsemble read() {
        requireModes();
        long[] ids = list("nodes_nodeids", trees.length);
        for (int i = 0; i < trees.length; i++) {
            if (numbers.put(new Place(trees[i], ids[i]), i) != null) {
                throw new Malformed("its tree %d has two nodes %d".formatted(trees[i], ids[i]));
            }
        }
        int[] yes = children("nodes_truenodeids");
        int[] no = children("nodes_falsenodeids");
        int[] roots = new TreeShape(trees, modes, yes, no).roots();
        float[] thresholds = node.floats("nodes_values");
        require("nodes_values", thresholds.length, trees.length);
        int[][] leaves = leaves();
        float[] weights = node.floats(classifies ? "class_weights" : "target_weights");
        return new TreeEnsemble(
                targets(),
                roots,
                modes,
                features(),
                thresholds,
                missing(),
                yes,
                no,
                covers(),
                leaves[0],
                leaves[1],
                ordered(weights, leaves[2]));
    }

    private void requireModes() {
        require("nodes_modes", modes.length, trees.length);
    }

    private static Mode[] modes(List<String> words) {
        Mode[] modes = new Mode[words.size()];
        for (int i = 0; i < modes.length; i++) {
            try {
                modes[i] = Mode.valueOf(words.get(i));
            } catch (IllegalArgumentException _) {
                throw new Malformed("a node of its trees is of mode '%s'".formatted(words.get(i)));
            }
        }
        return modes;
    }

    private int targets() {
        long targets = classifies
                ? Math.max(
                        node.longs("classlabels_int64s").length,
                        node.words("classlabels_strings").size())
                : node.number("n_targets", 1);
        if (targets < 1 || targets > Short.MAX_VALUE) {
            throw new Malformed("its trees have %d targets".formatted(targets));
        }
        return (int) targets;
    }

    private int[] features() {
        long[] features = list("nodes_featureids", trees.length);
        int[] places = new int[features.length];
        for (int i = 0; i < places.length; i++) {
            if (features[i] < 0 || features[i] > Integer.MAX_VALUE) {
                throw new Malformed("a node of its trees looks at feature %d".formatted(features[i]));
            }
            places[i] = (int) features[i];
        }
        return places;
    }

    private boolean[] missing() {
        boolean[] isTrue = new boolean[trees.length];
        long[] said = node.longs("nodes_missing_value_tracks_true");
        if (said.length > 0) {
            require("nodes_missing_value_tracks_true", said.length, trees.length);
        }
        for (int i = 0; i < said.length; i++) {
            isTrue[i] = said[i] != 0;
        }
        return isTrue;
    }

    /// A measure that is the same for all nodes measures nothing: converters write ones where they know none.
    private float[] covers() {
        float[] covers = node.floats("nodes_hitrates");
        for (float cover : covers) {
            if (covers.length == trees.length && cover != covers[0]) {
                return covers;
            }
        }
        return null;
    }

    private int[] children(String name) {
        long[] ids = list(name, trees.length);
        int[] children = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            Place place = new Place(trees[i], ids[i]);
            children[i] = modes[i] == Mode.LEAF ? NOBODY : numbers.getOrDefault(place, UNKNOWN);
            if (children[i] == UNKNOWN) {
                throw new Malformed("its tree %d has no node %d".formatted(trees[i], ids[i]));
            }
        }
        return children;
    }

    /// Where each node's weights begin, the targets of the weights, and the places of the weights in the file.
    private int[][] leaves() {
        String kind = classifies ? "class" : "target";
        long[] leafTrees = node.longs(kind + "_treeids");
        long[] leafNodes = list(kind + "_nodeids", leafTrees.length);
        long[] ids = list(kind + "_ids", leafTrees.length);
        require(kind + "_weights", node.floats(kind + "_weights").length, leafTrees.length);
        int[] owners = new int[leafTrees.length];
        int[] first = new int[trees.length + 1];
        int targets = targets();
        for (int i = 0; i < owners.length; i++) {
            Integer owner = numbers.get(new Place(leafTrees[i], leafNodes[i]));
            if (owner == null || ids[i] < 0 || ids[i] >= targets) {
                throw new Malformed("weight %d of its trees belongs to nothing".formatted(i));
            }
            owners[i] = owner;
            first[owner + 1]++;
        }
        for (int i = 0; i < trees.length; i++) {
            first[i + 1] += first[i];
        }
        int[] next = Arrays.copyOf(first, trees.length);
        int[] places = new int[owners.length];
        int[] weightTargets = new int[owners.length];
        for (int i = 0; i < owners.length; i++) {
            int place = next[owners[i]]++;
            places[place] = i;
            weightTargets[place] = (int) ids[i];
        }
        return new int[][] {first, weightTargets, places};
    }

    private static float[] ordered(float[] weights, int[] places) {
        float[] ordered = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            ordered[i] = weights[places[i]];
        }
        return ordered;
    }

    private long[] list(String name, int length) {
        long[] list = node.longs(name);
        require(name, list.length, length);
        return list;
    }

    private static void require(String name, int length, int expected) {
        if (length != expected) {
            throw new Malformed("its trees have %d '%s' and not %d".formatted(length, name, expected));
        }
    }
}
