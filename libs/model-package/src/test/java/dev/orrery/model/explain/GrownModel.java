package dev.orrery.model.explain;

import dev.orrery.contracts.usecase.Task;
import dev.orrery.model.Output;
import dev.orrery.model.RowBlock;
import dev.orrery.model.graph.TreeEnsemble;
import dev.orrery.model.graph.TreeEnsemble.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Trees of numbers as they are, and of a number for each word.
final class GrownModel extends MadeModel {

    private static final int[] COLUMNS = {0, 1, 2, 3, 4};
    private static final float[] MIDDLES = {15, 25, 0.5f, 10_000};
    private static final float[] WIDTHS = {6, 12, 0, 8_000};

    private final Trees trees;
    private final List<Reading> readings;

    GrownModel(Task task, List<Output> outputs, Trees trees, List<Reading> readings) {
        super(task, outputs, true);
        this.trees = trees;
        this.readings = readings;
    }

    static GrownModel binary(int trees, int depth, boolean covered, long seed) {
        TreeEnsemble ensemble = ensemble(trees, depth, 1, covered, seed);
        return new GrownModel(
                binary(),
                yesOrNo(),
                new Trees(ensemble, 1, new float[] {-0.2f}),
                List.of(new Reading(Link.LOGISTIC, 0, false)));
    }

    /// Full trees at random, each of one target in turn. Leaves are small, as those of boosted trees.
    static TreeEnsemble ensemble(int trees, int depth, int targets, boolean covered, long seed) {
        Random random = new Random(seed);
        int inTree = (1 << depth + 1) - 1;
        int size = trees * inTree;
        Mode[] modes = new Mode[size];
        int[] features = new int[size];
        float[] limits = new float[size];
        boolean[] missing = new boolean[size];
        int[] yes = new int[size];
        int[] no = new int[size];
        float[] covers = new float[size];
        int[] first = new int[size + 1];
        List<Integer> weightTargets = new ArrayList<>();
        List<Float> weights = new ArrayList<>();
        for (int node = 0; node < size; node++) {
            int place = node % inTree;
            int root = node - place;
            boolean leaf = 2 * place + 2 >= inTree;
            int feature = random.nextInt(COLUMNS.length);
            boolean word = feature == MIDDLES.length;
            modes[node] = leaf ? Mode.LEAF : word ? Mode.BRANCH_EQ : Mode.BRANCH_LT;
            features[node] = leaf ? 0 : feature;
            limits[node] = leaf
                    ? 0
                    : word
                            ? random.nextInt(FLAGS.size())
                            : (float) (MIDDLES[feature] + WIDTHS[feature] * random.nextGaussian());
            missing[node] = random.nextBoolean();
            yes[node] = leaf ? -1 : root + 2 * place + 1;
            no[node] = leaf ? -1 : root + 2 * place + 2;
            covers[node] = place == 0 ? 100 : covers[node];
            if (leaf) {
                weightTargets.add(node / inTree % targets);
                weights.add((float) (random.nextGaussian() * 3 / Math.sqrt(trees)));
            } else {
                float share = 0.1f + 0.8f * random.nextFloat();
                covers[yes[node]] = covers[node] * share;
                covers[no[node]] = covers[node] * (1 - share);
            }
            first[node + 1] = weights.size();
        }
        float[] ofLeaves = new float[weights.size()];
        for (int i = 0; i < ofLeaves.length; i++) {
            ofLeaves[i] = weights.get(i);
        }
        int[] roots = new int[trees];
        Arrays.setAll(roots, tree -> tree * inTree);
        return new TreeEnsemble(
                targets,
                roots,
                modes,
                features,
                limits,
                missing,
                yes,
                no,
                covered ? covers : null,
                first,
                weightTargets.stream().mapToInt(Integer::intValue).toArray(),
                ofLeaves);
    }

    @Override
    public int[] columns() {
        return COLUMNS;
    }

    @Override
    public void read(RowBlock rows, int row, float[] features) {
        for (int column = 0; column < MIDDLES.length; column++) {
            features[column] = rows.numbers(column)[row];
        }
        features[MIDDLES.length] = FLAGS.indexOf(rows.words().text(rows.codes(MIDDLES.length)[row]));
    }

    @Override
    public Sums sums() {
        return trees;
    }

    @Override
    public List<Reading> readings() {
        return readings;
    }

    @Override
    double[] raw(float[] features) {
        TreeEnsemble ensemble = trees.ensemble();
        double[] sums = new double[ensemble.targets()];
        for (int root : ensemble.roots()) {
            int node = root;
            while (!ensemble.isLeaf(node)) {
                node = ensemble.child(node, features[ensemble.features()[node]]);
            }
            for (int i = ensemble.firstWeights()[node]; i < ensemble.firstWeights()[node + 1]; i++) {
                sums[ensemble.weightTargets()[i]] += ensemble.weights()[i];
            }
        }
        for (int sum = 0; sum < sums.length; sum++) {
            sums[sum] = trees.biases()[sum] + trees.factor() * sums[sum];
        }
        return sums;
    }
}
