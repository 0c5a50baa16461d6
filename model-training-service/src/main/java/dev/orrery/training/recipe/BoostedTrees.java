package dev.orrery.training.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// XGBoost's trees as one ONNX node. A split on a number asks `value < limit`, with a way for a missing value; a split
/// on a word asks `column is this word`. Each node keeps its cover, the weight of the training rows that came to it,
/// with which predictions are explained.
final class BoostedTrees {

    private static final int NO_CHILD = -1;
    private static final int UNUSED = 0;

    private final BoostedFeatures features;
    private final JsonNode learner;

    private final List<Long> trees = new ArrayList<>();
    private final List<Long> nodes = new ArrayList<>();
    private final List<Long> columns = new ArrayList<>();
    private final List<String> modes = new ArrayList<>();
    private final List<Float> limits = new ArrayList<>();
    private final List<Float> covers = new ArrayList<>();
    private final List<Long> trueChildren = new ArrayList<>();
    private final List<Long> falseChildren = new ArrayList<>();
    private final List<Long> missingIsTrue = new ArrayList<>();
    private final List<Long> leafTrees = new ArrayList<>();
    private final List<Long> leafNodes = new ArrayList<>();
    private final List<Float> leafWeights = new ArrayList<>();

    private long nextNode;

    /// @param booster the model as XGBoost writes it in JSON
    BoostedTrees(BoostedFeatures features, byte[] booster) {
        this.features = features;
        try {
            this.learner = Json.MAPPER.readTree(booster).get("learner");
        } catch (IOException e) {
            throw new UncheckedIOException("XGBoost's model is not JSON", e);
        }
        long tree = 0;
        for (JsonNode grown : learner.at("/gradient_booster/model/trees")) {
            nextNode = 0;
            add(tree++, grown, 0);
        }
    }

    /// Draws the sum of the trees, a `[rows, 1]` value.
    String draw(OnnxGraph graph) {
        return graph.mlNode(
                "TreeEnsembleRegressor",
                List.of(features.draw(graph)),
                OnnxGraph.word("aggregate_function", "SUM"),
                OnnxGraph.floats("base_values", List.of(baseMargin())),
                OnnxGraph.attribute("n_targets", 1L),
                OnnxGraph.longs("nodes_falsenodeids", falseChildren),
                OnnxGraph.longs("nodes_featureids", columns),
                OnnxGraph.floats("nodes_hitrates", covers),
                OnnxGraph.longs("nodes_missing_value_tracks_true", missingIsTrue),
                OnnxGraph.words("nodes_modes", modes),
                OnnxGraph.longs("nodes_nodeids", nodes),
                OnnxGraph.longs("nodes_treeids", trees),
                OnnxGraph.longs("nodes_truenodeids", trueChildren),
                OnnxGraph.floats("nodes_values", limits),
                OnnxGraph.word("post_transform", "NONE"),
                OnnxGraph.longs("target_ids", leafTrees.stream().map(_ -> 0L).toList()),
                OnnxGraph.longs("target_nodeids", leafNodes),
                OnnxGraph.longs("target_treeids", leafTrees),
                OnnxGraph.floats("target_weights", leafWeights));
    }

    /// Adds a node with all below it and returns its number. Its cover comes first, as the nodes come in their order.
    private long add(long tree, JsonNode grown, int node) {
        int left = grown.get("left_children").get(node).intValue();
        int right = grown.get("right_children").get(node).intValue();
        float limit = grown.get("split_conditions").get(node).floatValue();
        float cover = grown.get("sum_hessian").get(node).floatValue();
        if (left == NO_CHILD) {
            covers.add(cover);
            return addLeaf(tree, limit);
        }
        int feature = grown.get("split_indices").get(node).intValue();
        boolean missingLeft = grown.get("default_left").get(node).asInt() != 0;
        if (!features.isWord(feature)) {
            covers.add(cover);
            return addSplit(tree, grown, "BRANCH_LT", features.origin(feature), limit, missingLeft, left, right);
        }
        // A word's mark is 1 where the row has the word, and absent, hence missing, where it has not.
        int has = 1 < limit ? left : right;
        int hasNot = missingLeft ? left : right;
        if (has == hasNot) {
            return add(tree, grown, has);
        }
        covers.add(cover);
        return addSplit(tree, grown, "BRANCH_EQ", features.origin(feature), feature, false, has, hasNot);
    }

    private long addSplit(
            long tree, JsonNode grown, String mode, int column, float limit, boolean missing, int yes, int no) {
        long number = addNode(tree, mode, column, limit, missing);
        int place = nodes.size() - 1;
        trueChildren.set(place, add(tree, grown, yes));
        falseChildren.set(place, add(tree, grown, no));
        return number;
    }

    private long addLeaf(long tree, float weight) {
        long number = addNode(tree, "LEAF", UNUSED, UNUSED, false);
        leafTrees.add(tree);
        leafNodes.add(number);
        leafWeights.add(weight);
        return number;
    }

    private long addNode(long tree, String mode, int column, float limit, boolean missing) {
        trees.add(tree);
        nodes.add(nextNode);
        modes.add(mode);
        columns.add((long) column);
        limits.add(limit);
        missingIsTrue.add(missing ? 1L : 0L);
        trueChildren.add(0L);
        falseChildren.add(0L);
        return nextNode++;
    }

    /// The log-odds that the trees add to. XGBoost writes the probability, in brackets.
    private float baseMargin() {
        String written = learner.at("/learner_model_param/base_score").asText().replaceAll("[\\[\\]]", "");
        double probability = Float.parseFloat(written);
        return (float) Math.log(probability / (1 - probability));
    }
}
