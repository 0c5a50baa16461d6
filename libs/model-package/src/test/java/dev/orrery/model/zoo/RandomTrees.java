package dev.orrery.model.zoo;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/// Trees that grew by chance, as the attributes of a node.
final class RandomTrees {

    private final SplittableRandom random;
    private final boolean classify;
    private final List<Long> trees = new ArrayList<>();
    private final List<Long> nodes = new ArrayList<>();
    private final List<Long> features = new ArrayList<>();
    private final List<String> modes = new ArrayList<>();
    private final List<Float> limits = new ArrayList<>();
    private final List<Long> yes = new ArrayList<>();
    private final List<Long> no = new ArrayList<>();
    private final List<Long> missing = new ArrayList<>();
    private final List<Float> covers = new ArrayList<>();
    private final List<Long> leafTrees = new ArrayList<>();
    private final List<Long> leafNodes = new ArrayList<>();
    private final List<Long> leafIds = new ArrayList<>();
    private final List<Float> leafWeights = new ArrayList<>();
    private long next;

    RandomTrees(long seed, boolean classify) {
        random = new SplittableRandom(seed);
        this.classify = classify;
    }

    /// What trees are like.
    ///
    /// @param modes   how branches ask, one of these each
    /// @param missing whether branches say where a missing value goes
    /// @param sharing whether some branches lead to the same node
    record Kind(int features, int depth, List<String> modes, boolean missing, boolean sharing) {}

    /// What a leaf adds.
    interface Leaf {
        /// @param add takes a class or target, and a weight
        void of(long tree, SplittableRandom random, BiConsumer<Integer, Float> add);
    }

    RandomTrees grow(int count, Kind kind, Leaf leaf) {
        for (long tree = 0; tree < count; tree++) {
            next = 0;
            add(tree, kind, kind.depth(), leaf);
        }
        return this;
    }

    private long add(long tree, Kind kind, int depth, Leaf leaf) {
        boolean isLeaf = depth == 0 || depth < kind.depth() && random.nextInt(8) == 0;
        long number = next++;
        int place = nodes.size();
        trees.add(tree);
        nodes.add(number);
        modes.add(isLeaf ? "LEAF" : kind.modes().get(random.nextInt(kind.modes().size())));
        features.add(isLeaf ? 0L : random.nextInt(kind.features()));
        limits.add(
                isLeaf
                        ? 0f
                        : modes.getLast().endsWith("EQ") && random.nextBoolean()
                                ? random.nextInt(5)
                                : (float) random.nextDouble(-2, 2));
        yes.add(0L);
        no.add(0L);
        missing.add(!isLeaf && kind.missing() && random.nextBoolean() ? 1L : 0L);
        covers.add((float) (1 << depth));
        if (isLeaf) {
            leaf.of(tree, random, (id, weight) -> {
                leafTrees.add(tree);
                leafNodes.add(number);
                leafIds.add((long) id);
                leafWeights.add(weight);
            });
        } else {
            yes.set(place, add(tree, kind, depth - 1, leaf));
            boolean shares = kind.sharing() && random.nextInt(4) == 0;
            no.set(place, shares ? yes.get(place) : add(tree, kind, depth - 1, leaf));
        }
        return number;
    }

    AttributeProto[] attributes(AttributeProto... others) {
        String kind = classify ? "class" : "target";
        List<AttributeProto> attributes = new ArrayList<>(List.of(
                longs("nodes_treeids", trees),
                longs("nodes_nodeids", nodes),
                longs("nodes_featureids", features),
                OnnxFile.words("nodes_modes", modes),
                floats("nodes_values", limits),
                longs("nodes_truenodeids", yes),
                longs("nodes_falsenodeids", no),
                longs("nodes_missing_value_tracks_true", missing),
                floats("nodes_hitrates", covers),
                longs(kind + "_treeids", leafTrees),
                longs(kind + "_nodeids", leafNodes),
                longs(kind + "_ids", leafIds),
                floats(kind + "_weights", leafWeights)));
        attributes.addAll(List.of(others));
        return attributes.toArray(AttributeProto[]::new);
    }

    private static AttributeProto longs(String name, List<Long> numbers) {
        return OnnxFile.longs(name, numbers.toArray(Long[]::new));
    }

    private static AttributeProto floats(String name, List<Float> numbers) {
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = numbers.get(i);
        }
        return OnnxFile.floats(name, floats);
    }
}
