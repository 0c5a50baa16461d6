package dev.orrery.model.explain;

import dev.orrery.model.graph.TreeEnsemble.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Forests for tests, grown at random.
final class Forests {

    private static final double MISSING = 0.15;
    private static final int WORDS = 4;

    private static final List<Mode> ORDER = List.of(Mode.BRANCH_LT, Mode.BRANCH_LEQ, Mode.BRANCH_GT, Mode.BRANCH_GTE);
    private static final List<Mode> ONE = List.of(Mode.BRANCH_EQ, Mode.BRANCH_NEQ);

    private final List<Integer> features = new ArrayList<>();
    private final List<Mode> modes = new ArrayList<>();
    private final List<Float> limits = new ArrayList<>();
    private final List<Integer> yes = new ArrayList<>();
    private final List<Integer> no = new ArrayList<>();
    private final List<Boolean> missingYes = new ArrayList<>();
    private final List<Double> covers = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();
    private final Random random;
    private final int width;

    private Forests(int width, Random random) {
        this.width = width;
        this.random = random;
    }

    /// Trees of one target. The last third of the features are words' numbers, and splits ask for one of them.
    static Forest grown(int trees, int depth, int width, Random random) {
        Forests growing = new Forests(width, random);
        int[] roots = new int[trees];
        for (int tree = 0; tree < trees; tree++) {
            roots[tree] = growing.grow(depth, 1000);
        }
        int size = growing.features.size();
        boolean[] missing = new boolean[size];
        float[] limits = new float[size];
        for (int node = 0; node < size; node++) {
            missing[node] = growing.missingYes.get(node);
            limits[node] = growing.limits.get(node);
        }
        return new Forest(
                roots,
                ints(growing.features),
                growing.modes.toArray(Mode[]::new),
                limits,
                missing,
                ints(growing.yes),
                ints(growing.no),
                doubles(growing.covers),
                new double[][] {doubles(growing.weights)});
    }

    static boolean isWord(int feature, int width) {
        return feature >= width - width / 3;
    }

    static float[] row(int width, Random random) {
        float[] row = new float[width];
        for (int feature = 0; feature < width; feature++) {
            row[feature] = isWord(feature, width)
                    ? random.nextInt(-1, WORDS)
                    : random.nextDouble() < MISSING ? Float.NaN : (float) random.nextGaussian();
        }
        return row;
    }

    private int grow(int depth, double cover) {
        int node = features.size();
        boolean leaf = depth == 0 || random.nextInt(10) == 0;
        int feature = random.nextInt(width);
        boolean word = isWord(feature, width);
        features.add(leaf ? Forest.LEAF : feature);
        modes.add(leaf ? Mode.LEAF : (word ? ONE : ORDER).get(random.nextInt(word ? 2 : 4)));
        limits.add(word ? random.nextInt(WORDS) : (float) random.nextGaussian());
        missingYes.add(random.nextBoolean());
        covers.add(cover);
        weights.add(leaf ? random.nextGaussian() : 0);
        yes.add(0);
        no.add(0);
        if (!leaf) {
            // Some children were never reached.
            double share = random.nextInt(8) == 0 ? 0 : random.nextDouble();
            yes.set(node, grow(depth - 1, cover * share));
            no.set(node, grow(depth - 1, cover * (1 - share)));
        }
        return node;
    }

    private static int[] ints(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private static double[] doubles(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
