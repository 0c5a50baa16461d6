package dev.orrery.model.explain;

import dev.orrery.model.Anatomy;
import dev.orrery.model.Anatomy.Trees;
import dev.orrery.model.Anatomy.Weights;
import dev.orrery.model.Bindings;
import dev.orrery.model.Decision;
import dev.orrery.model.ModelCard;
import dev.orrery.model.Output;
import dev.orrery.model.RowBlock;
import dev.orrery.model.explain.Explanation.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A model that is known to add up features of one column each: for each output that its card binds, what
/// is added up and on which scale.
final class Summing {

    static final int UNASKED = -1;
    static final int SEVERAL = -2;

    private final Anatomy anatomy;
    private final ModelCard card;
    private final List<View> views = new ArrayList<>();
    private final List<Adding> sums = new ArrayList<>();
    private final Forest forest;

    private Summing(Anatomy anatomy, ModelCard card, Typical typical) {
        this.anatomy = anatomy;
        this.card = card;
        float[][] usual = features(typical.rows());
        forest = anatomy.sums() instanceof Trees trees ? planted(trees, usual) : null;
        TreeShap shap = forest == null ? null : new TreeShap(forest);
        for (int output = 0; output < anatomy.readings().size(); output++) {
            View view = scale(output);
            views.add(view);
            sums.add(
                    switch (anatomy.sums()) {
                        case Weights weights -> weighed(view, weights, usual);
                        case Trees trees -> grown(view, trees, shap);
                    });
        }
    }

    /// Empty where a feature that counts is made of several columns.
    static Optional<Summing> of(Anatomy anatomy, ModelCard card, Typical typical) {
        Summing summing = new Summing(anatomy, card, typical);
        return summing.isByColumn() ? Optional.of(summing) : Optional.empty();
    }

    Method method() {
        return forest == null ? Method.LINEAR : Method.TREE;
    }

    private View scale(int output) {
        Bindings.Out bound = card.bindings().outputs().get(output);
        boolean isProbability = card.output(bound.output()).type() == Output.Type.PROBABILITY;
        return View.of(anatomy.readings().get(output), isProbability, count());
    }

    float[] features(RowBlock rows, int row) {
        float[] features = new float[anatomy.columns().length];
        anatomy.read(rows, row, features);
        return features;
    }

    Parts parts(float[] features, int output) {
        double[] byFeature = new double[features.length];
        sums.get(output).add(features, byFeature);
        double[] byColumn = new double[card.inputs().size()];
        for (int feature = 0; feature < byFeature.length; feature++) {
            if (byFeature[feature] != 0) {
                byColumn[anatomy.columns()[feature]] += byFeature[feature];
            }
        }
        return new Parts(sums.get(output).base(), byColumn);
    }

    /// How decisions turn with the numbers of a column.
    Turning.Steering steering(Decision decision, Typical typical) {
        if (forest == null) {
            return new TriedSteering(true);
        }
        return TreeSteering.of(decision, this, typical)
                .<Turning.Steering>map(steering -> steering)
                .orElse(new TriedSteering(false));
    }

    /// Of a model of trees.
    Forest forest() {
        return forest;
    }

    View view(int output) {
        return views.get(output);
    }

    Adding sum(int output) {
        return sums.get(output);
    }

    /// For each column the one feature that is its number and that trees ask, or none: [#UNASKED] or
    /// [#SEVERAL].
    int[] plain(Typical typical) {
        int[] plain = new int[card.inputs().size()];
        Arrays.fill(plain, UNASKED);
        float[][] usual = features(typical.rows());
        for (int node = 0; node < forest.size(); node++) {
            int feature = forest.features()[node];
            if (feature != Forest.LEAF) {
                int column = anatomy.columns()[feature];
                boolean first = plain[column] == UNASKED && isPlain(typical.rows(), column, usual, feature);
                plain[column] = first || plain[column] == feature ? feature : SEVERAL;
            }
        }
        return plain;
    }

    private static boolean isPlain(RowBlock rows, int column, float[][] features, int feature) {
        float[] numbers = rows.numbers(column);
        boolean plain = numbers != null;
        for (int row = 0; plain && row < features.length; row++) {
            plain = Float.isNaN(numbers[row]) || numbers[row] == features[row][feature];
        }
        return plain;
    }

    private boolean isByColumn() {
        int[] columns = anatomy.columns();
        return switch (anatomy.sums()) {
            case Weights weights ->
                IntStream.range(0, columns.length)
                        .allMatch(feature -> columns[feature] != Anatomy.NO_COLUMN
                                || Arrays.stream(weights.weights()).allMatch(sum -> sum[feature] == 0));
            case Trees _ ->
                Arrays.stream(forest.features())
                        .allMatch(feature -> feature == Forest.LEAF || columns[feature] != Anatomy.NO_COLUMN);
        };
    }

    private int count() {
        return switch (anatomy.sums()) {
            case Weights weights -> weights.biases().length;
            case Trees trees -> trees.biases().length;
        };
    }

    private float[][] features(RowBlock rows) {
        float[][] features = new float[rows.size()][];
        for (int row = 0; row < features.length; row++) {
            features[row] = features(rows, row);
        }
        return features;
    }

    private static Forest planted(Trees trees, float[][] usual) {
        Forest forest = Forest.of(trees.ensemble());
        return trees.ensemble().covers() == null ? forest.covered(usual) : forest;
    }

    private static Adding weighed(View view, Weights weights, float[][] usual) {
        int features = weights.weights()[0].length;
        double[][] ofSums = new double[weights.weights().length][features];
        for (int sum = 0; sum < ofSums.length; sum++) {
            for (int feature = 0; feature < features; feature++) {
                ofSums[sum][feature] = weights.weights()[sum][feature];
            }
        }
        double[] means = new double[features];
        for (float[] row : usual) {
            for (int feature = 0; feature < features; feature++) {
                means[feature] += (double) row[feature] / usual.length;
            }
        }
        return new AddingWeights(view.bias(weights.biases()), view.combined(ofSums), means);
    }

    private Adding grown(View view, Trees trees, TreeShap shap) {
        double[] leaves = view.combined(forest.weights());
        for (int node = 0; node < leaves.length; node++) {
            leaves[node] *= trees.factor();
        }
        return new AddingTrees(view.bias(trees.biases()), shap, forest, leaves);
    }
}
