package dev.orrery.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.orrery.model.zoo.OnnxFile;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeEnsembleTest {

    private static final List<String> STUMP = List.of("BRANCH_LT", "LEAF", "LEAF");

    @Test
    void a_stump_asks_and_sends_on() {
        TreeEnsemble trees = trees(STUMP, new Long[] {1L, 0L, 0L}, new Long[] {2L, 0L, 0L}, 1L, 2L);

        assertThat(trees.roots()).containsExactly(0);
        assertThat(trees.width()).isEqualTo(4);
        assertThat(trees.child(0, 1.4f)).isEqualTo(1);
        assertThat(trees.child(0, 1.5f)).isEqualTo(2);
        assertThat(trees.child(0, Float.NaN)).isEqualTo(1);
        assertThat(trees.weights()[trees.firstWeights()[2]]).isEqualTo(20);
    }

    @Test
    void two_branches_may_lead_to_the_same_node() {
        TreeEnsemble trees =
                trees(List.of("BRANCH_LT", "BRANCH_EQ", "LEAF"), new Long[] {1L, 2L, 0L}, new Long[] {2L, 2L, 0L}, 2L);

        assertThat(trees.child(1, 9)).isEqualTo(trees.child(0, 9)).isEqualTo(2);
    }

    @Test
    void what_is_no_tree_is_refused_with_what_is_wrong() {
        assertRefused(
                "circle", List.of("BRANCH_LT", "BRANCH_LT", "LEAF"), new Long[] {1L, 1L, 0L}, new Long[] {2L, 2L, 0L});
        assertRefused(
                "circle", List.of("BRANCH_LT", "BRANCH_LT", "LEAF"), new Long[] {1L, 0L, 0L}, new Long[] {2L, 2L, 0L});
        assertRefused("no node 7", STUMP, new Long[] {7L, 0L, 0L}, new Long[] {2L, 0L, 0L});
        assertRefused(
                "'BRANCH_NEAR'", List.of("BRANCH_NEAR", "LEAF", "LEAF"), new Long[] {1L, 0L, 0L}, new Long[] {2L, 0L, 0L
                });
        assertRefused(
                "two roots",
                List.of("BRANCH_LT", "LEAF", "LEAF"),
                new Long[] {1L, 0L, 0L},
                new Long[] {1L, 0L, 0L},
                true);
        assertRefused("'nodes_truenodeids'", STUMP, new Long[] {1L}, new Long[] {2L, 0L, 0L});
    }

    private static void assertRefused(String because, List<String> modes, Long[] yes, Long[] no) {
        assertRefused(because, modes, yes, no, false);
    }

    private static void assertRefused(String because, List<String> modes, Long[] yes, Long[] no, boolean isWhole) {
        Long[] leaves = isWhole ? new Long[] {1L, 2L} : new Long[] {2L};
        assertThatThrownBy(() -> trees(modes, yes, no, leaves))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining(because);
    }

    private static TreeEnsemble trees(List<String> modes, Long[] yes, Long[] no, Long... leaves) {
        Long[] zeros = new Long[leaves.length];
        Arrays.fill(zeros, 0L);
        float[] weights = new float[leaves.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 10 * (i + 1);
        }
        AttributeProto[] attributes = {
            OnnxFile.longs("nodes_treeids", 0L, 0L, 0L),
            OnnxFile.longs("nodes_nodeids", 0L, 1L, 2L),
            OnnxFile.longs("nodes_featureids", 3L, 0L, 0L),
            OnnxFile.words("nodes_modes", modes),
            OnnxFile.floats("nodes_values", 1.5f, 0, 0),
            OnnxFile.longs("nodes_truenodeids", yes),
            OnnxFile.longs("nodes_falsenodeids", no),
            OnnxFile.longs("nodes_missing_value_tracks_true", 1L, 0L, 0L),
            OnnxFile.longs("target_treeids", zeros),
            OnnxFile.longs("target_nodeids", leaves),
            OnnxFile.longs("target_ids", zeros),
            OnnxFile.floats("target_weights", weights)
        };
        OnnxFile file = new OnnxFile();
        String sum = file.node("TreeEnsembleRegressor", List.of(file.floats("x", 4)), attributes);
        return TreeEnsemble.of(Graph.of(file.output(sum, 1).bytes()).nodes().getFirst());
    }
}
