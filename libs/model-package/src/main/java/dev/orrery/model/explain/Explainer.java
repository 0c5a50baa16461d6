package dev.orrery.model.explain;

import dev.orrery.model.Decision;
import dev.orrery.model.Decision.AtThreshold;
import dev.orrery.model.Decision.MostProbable;
import dev.orrery.model.Golden;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Output;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Scorer;
import dev.orrery.model.UnusableModel;
import dev.orrery.model.explain.Explanation.Change;
import dev.orrery.model.explain.Explanation.Contribution;
import dev.orrery.model.explain.Explanation.Method;
import dev.orrery.model.explain.Explanation.Scale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Explains the answers of one model. Any number of threads may ask it at once, as long as the model is
/// open.
public final class Explainer {

    private final Scorer model;
    private final ModelCard card;
    private final Decision decision;
    /// Null where nobody knows how the model adds.
    private final Summing summing;
    private final Sampling sampling;
    /// Null where the model decides nothing.
    private final Turning turning;

    /// An explainer of a model.
    ///
    /// @param golden the rows of its package: what is typical is learned from them
    public Explainer(Scorer model, Golden golden) {
        this.model = model;
        card = model.card();
        Typical typical = new Typical(card.inputs(), golden);
        decision = card.decision().orElse(null);
        summing = model.anatomy()
                .flatMap(anatomy -> Summing.of(anatomy, card, typical))
                .orElse(null);
        sampling = new Sampling(model, typical);
        turning = decision == null
                ? null
                : new Turning(
                        model,
                        decision,
                        typical,
                        summing == null ? new TriedSteering(false) : summing.steering(decision, typical));
    }

    /// Why the model answers each row as it does.
    ///
    /// @throws IllegalArgumentException when the rows are for other inputs than the model's
    /// @throws UnusableModel            when the model fails on them
    public List<Explanation> explain(RowBlock rows) {
        float[][] answers = model.score(rows);
        List<Explanation> explanations = new ArrayList<>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            explanations.add(explained(rows, row, answers));
        }
        return explanations;
    }

    private Explanation explained(RowBlock rows, int row, float[][] answers) {
        int output = output(answers, row);
        requireNumber(answers[output][row], row);
        float[] features = summing == null ? null : summing.features(rows, row);
        Method method = summing == null ? Method.SAMPLING : summing.method();
        Parts parts = summing == null ? null : summing.parts(features, output);
        if (parts == null || !Double.isFinite(parts.sum())) {
            method = Method.SAMPLING;
            parts = sampling.parts(rows, row, output);
        }
        Candidate[] turns =
                turning == null ? new Candidate[card.inputs().size()] : turning.of(rows, row, features, answers);
        return new Explanation(
                name(output),
                answers[output][row],
                method == Method.SAMPLING ? scale(output) : summing.view(output).scale(),
                parts.base(),
                parts.sum(),
                method,
                contributions(rows, row, parts, turns),
                change(rows, row, turns, output));
    }

    /// The output that is explained: of several classes, the most probable one's.
    private int output(float[][] answers, int row) {
        return switch (decision) {
            case null -> 0;
            case AtThreshold yes -> yes.score();
            case MostProbable classes -> classes.places().get(classes.number(answers, row));
        };
    }

    private String name(int output) {
        return card.bindings().outputs().get(output).output();
    }

    private Scale scale(int output) {
        return card.output(name(output)).type() == Output.Type.PROBABILITY ? Scale.PROBABILITY : Scale.VALUE;
    }

    private List<Contribution> contributions(RowBlock rows, int row, Parts parts, Candidate[] turns) {
        List<Contribution> contributions = new ArrayList<>(turns.length);
        for (int column = 0; column < turns.length; column++) {
            Input input = card.inputs().get(column);
            contributions.add(new Contribution(
                    input.name(),
                    Cell.of(rows, row, column).typed(input),
                    parts.contributions()[column],
                    turns[column] == null ? null : turns[column].value().typed(input)));
        }
        contributions.sort(Comparator.comparingDouble(contribution -> -Math.abs(contribution.contribution())));
        return contributions;
    }

    private Change change(RowBlock rows, int row, Candidate[] turns, int output) {
        Candidate nearest = null;
        for (Candidate turn : turns) {
            if (turn != null && (nearest == null || turn.distance() < nearest.distance())) {
                nearest = turn;
            }
        }
        if (nearest == null) {
            return null;
        }
        Input input = card.inputs().get(nearest.column());
        return new Change(
                input.name(),
                Cell.of(rows, row, nearest.column()).typed(input),
                nearest.value().typed(input),
                nearest.answers()[output]);
    }

    private static void requireNumber(float answer, int row) {
        if (Float.isNaN(answer)) {
            throw new IllegalStateException("the model has no score for row %d".formatted(row + 1));
        }
    }
}
