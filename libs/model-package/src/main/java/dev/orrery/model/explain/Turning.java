package dev.orrery.model.explain;

import dev.orrery.model.Decision;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Scorer;
import java.util.ArrayList;
import java.util.List;

/// Looks in each column for the nearest value that turns a row's decision while all others stay. Whatever
/// it finds, the model was asked.
final class Turning {

    /// Words of one column that are tried.
    private static final int MOST_WORDS = 200;

    final Scorer model;
    final Decision decision;
    final Steering steering;
    final List<Input> inputs;
    /// Per column; empty where it is numbers.
    final List<List<String>> words = new ArrayList<>();
    /// Per column; null where it is words.
    final List<Numbers> numbers = new ArrayList<>();

    /// Knows of some columns where their numbers turn a decision.
    interface Steering {

        /// Numbers that should turn the decision, the nearest on each side; null where it is not known,
        /// and the column has to be tried.
        ///
        /// @param features the row's, as the model makes them
        /// @param start    where the search begins
        /// @param decided  how the row is decided as it is
        float[] turns(float[] features, int column, float start, int decided);

        /// Whether what a column adds only ever rises or falls, so that its ends tell whether anything
        /// turns.
        boolean isSteady();
    }

    Turning(Scorer model, Decision decision, Typical typical, Steering steering) {
        this.model = model;
        this.decision = decision;
        this.steering = steering;
        inputs = model.card().inputs();
        for (int column = 0; column < inputs.size(); column++) {
            boolean isWord = inputs.get(column).type().isString();
            words.add(isWord ? typical.words(column).stream().limit(MOST_WORDS).toList() : List.of());
            numbers.add(isWord ? null : new Numbers(typical, column, inputs.get(column)));
        }
    }

    /// Per column the nearest change that turns the decision, or null.
    ///
    /// @param features the row's, as the model makes them; null where it is not known how
    /// @param answers  to the rows, as they are
    Candidate[] of(RowBlock rows, int row, float[] features, float[][] answers) {
        return new Search(this, rows, row, decision.number(answers, row)).found(features);
    }
}
