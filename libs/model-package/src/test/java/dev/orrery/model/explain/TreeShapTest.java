package dev.orrery.model.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TreeShapTest {

    private static final int FEATURES = 6;

    @RepeatedTest(40)
    void it_says_what_trying_all_subsets_says_whatever_is_missing(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Forest forest = Forests.grown(3, 1 + random.nextInt(4), FEATURES, random);
        float[] row = Forests.row(FEATURES, random);
        double[] weights = forest.weights()[0];

        double[] contributions = new double[FEATURES];
        new TreeShap(forest).add(row, weights, contributions);

        assertThat(contributions).containsExactly(everySubset(forest, row), within(1e-9));
    }

    @RepeatedTest(10)
    void base_and_contributions_add_up_to_the_sum_of_deep_trees(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Forest forest = Forests.grown(20, 10, 12, random);
        float[] row = Forests.row(12, random);
        double[] weights = forest.weights()[0];
        TreeShap shap = new TreeShap(forest);

        double[] contributions = new double[12];
        shap.add(row, weights, contributions);

        double sum = shap.base(weights) + Arrays.stream(contributions).sum();
        assertThat(sum).isCloseTo(forest.sum(row, 0), within(1e-7));
    }

    @Test
    void covers_can_be_counted_from_rows() {
        Random random = new Random(1);
        Forest forest = Forests.grown(5, 4, FEATURES, random);
        float[][] rows = new float[30][];
        Arrays.setAll(rows, _ -> Forests.row(FEATURES, random));

        Forest counted = forest.covered(rows);

        assertThat(Arrays.stream(counted.roots())).allMatch(root -> counted.covers()[root] == rows.length);
        double mean = Arrays.stream(rows)
                .mapToDouble(row -> forest.sum(row, 0))
                .average()
                .orElseThrow();
        assertThat(new TreeShap(counted).base(counted.weights()[0])).isCloseTo(mean, within(1e-9));
    }

    /// Shapley's formula as it stands, over the players of the trees, summed by feature.
    private static double[] everySubset(Forest forest, float[] row) {
        record Player(int feature, float value) {}
        List<Player> players = new ArrayList<>();
        int[] of = new int[forest.size()];
        for (int node = 0; node < forest.size(); node++) {
            if (!forest.isLeaf(node)) {
                float value = forest.asksForOne(node) ? forest.limits()[node] : 0;
                Player player = new Player(forest.features()[node], value);
                if (!players.contains(player)) {
                    players.add(player);
                }
                of[node] = players.indexOf(player);
            }
        }
        int count = players.size();
        double[] values = new double[1 << count];
        for (int set = 0; set < values.length; set++) {
            for (int root : forest.roots()) {
                values[set] += expected(forest, root, row, of, set);
            }
        }
        double[] contributions = new double[FEATURES];
        for (int player = 0; player < count; player++) {
            for (int set = 0; set < values.length; set++) {
                if ((set >> player & 1) == 0) {
                    double gain = values[set | 1 << player] - values[set];
                    contributions[players.get(player).feature()] += gain * weight(Integer.bitCount(set), count);
                }
            }
        }
        return contributions;
    }

    private static double expected(Forest forest, int node, float[] row, int[] of, int known) {
        if (forest.isLeaf(node)) {
            return forest.weights()[0][node];
        }
        if ((known >> of[node] & 1) == 1) {
            return expected(forest, forest.next(node, row[forest.features()[node]]), row, of, known);
        }
        int yes = forest.yes()[node];
        int no = forest.no()[node];
        return forest.share(node, yes) * expected(forest, yes, row, of, known)
                + forest.share(node, no) * expected(forest, no, row, of, known);
    }

    /// |S|! (n − |S| − 1)! / n!
    private static double weight(int size, int count) {
        double weight = 1.0 / count;
        for (int i = 1; i <= size; i++) {
            weight *= (double) i / (count - i);
        }
        return weight;
    }
}
