package dev.orrery.model.explain;

import dev.orrery.model.Decision;
import dev.orrery.model.Decision.AtThreshold;
import dev.orrery.model.Decision.MostProbable;
import dev.orrery.model.explain.Explanation.Scale;
import java.util.List;
import java.util.Optional;

/// Knows from the splits of trees where a decision turns.
final class TreeSteering implements Turning.Steering {

    private static final float[] NOWHERE = {};

    private final Steps steps;
    private final Typical typical;
    private final int[] plain;
    /// Of yes and no: a sum from here on is a yes. Not a number among several classes: the greatest sum
    /// decides.
    private final double limit;

    private TreeSteering(Steps steps, Typical typical, int[] plain, double limit) {
        this.steps = steps;
        this.typical = typical;
        this.plain = plain;
        this.limit = limit;
    }

    /// Empty where the sums of classes cannot be compared with each other.
    static Optional<TreeSteering> of(Decision decision, Summing trees, Typical typical) {
        List<Integer> outputs = switch (decision) {
            case AtThreshold yes -> List.of(yes.score());
            case MostProbable classes -> classes.places();
        };
        List<View> views = outputs.stream().map(trees::view).toList();
        if (views.stream().anyMatch(view -> view.scale() != views.getFirst().scale() || view.constant() != 0)
                && views.size() > 1) {
            return Optional.empty();
        }
        double limit = switch (decision) {
            case AtThreshold yes -> limit(views.getFirst().scale(), yes.threshold());
            case MostProbable _ -> Double.NaN;
        };
        int[] plain = trees.plain(typical);
        List<AddingTrees> sums =
                outputs.stream().map(output -> (AddingTrees) trees.sum(output)).toList();
        return Optional.of(new TreeSteering(new Steps(trees.forest(), sums), typical, plain, limit));
    }

    @Override
    public float[] turns(float[] features, int column, float start, int decided) {
        return switch (plain[column]) {
            case Summing.SEVERAL -> null;
            case Summing.UNASKED -> NOWHERE;
            default ->
                steps.nearest(
                        features, plain[column], start, typical.isWhole(column), sums -> decision(sums) != decided);
        };
    }

    @Override
    public boolean isSteady() {
        return false;
    }

    private int decision(double[] sums) {
        if (!Double.isNaN(limit)) {
            return sums[0] >= limit ? 1 : 0;
        }
        int most = 0;
        for (int i = 1; i < sums.length; i++) {
            most = sums[i] > sums[most] ? i : most;
        }
        return most;
    }

    private static double limit(Scale scale, double threshold) {
        return scale == Scale.LOG_ODDS ? Math.log(threshold / (1 - threshold)) : threshold;
    }
}
