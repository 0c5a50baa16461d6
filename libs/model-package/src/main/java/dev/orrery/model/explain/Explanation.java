package dev.orrery.model.explain;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// Why a model answers a row as it does: what each column adds to the answer, and what would turn the
/// decision.
///
/// @param output        the output that is explained: of several classes, the most probable one's
/// @param answer        what the model answers under that name
/// @param scale         what is added up
/// @param base          what the model says on that scale of a typical row: where the sum begins
/// @param score         what it says of this one: base and contributions together
/// @param method        how the contributions were found
/// @param contributions one per column of the model, the greatest first
/// @param change        the smallest change of one column that turns the decision; null where none does,
///                      or none is taken
public record Explanation(
        String output,
        float answer,
        Scale scale,
        double base,
        double score,
        Method method,
        List<Contribution> contributions,
        Change change) {

    /// What is added up.
    public enum Scale {
        /// The logarithm of p / (1 − p).
        @JsonProperty("log_odds")
        LOG_ODDS,
        /// A class's own sum, of which the probabilities follow by comparison with the other classes'.
        @JsonProperty("margin")
        MARGIN,
        @JsonProperty("probability")
        PROBABILITY,
        /// The number that is answered.
        @JsonProperty("value")
        VALUE
    }

    /// How the contributions were found.
    public enum Method {
        /// Exact Shapley values of a sum of the columns' own terms.
        @JsonProperty("linear")
        LINEAR,
        /// Exact Shapley values of trees, along the paths that their training rows took.
        @JsonProperty("tree")
        TREE,
        /// Shapley values estimated by exchanging columns with those of other rows.
        @JsonProperty("sampling")
        SAMPLING
    }

    /// A column's part.
    ///
    /// @param value        as it was given; null where it is missing
    /// @param contribution what it adds, on the explanation's scale
    /// @param turnsAt      the nearest value that turns the decision while nothing else changes, or null
    public record Contribution(String column, Object value, double contribution, Object turnsAt) {}

    /// One column's change that turns the decision.
    ///
    /// @param from  the value as it was given; null where it is missing
    /// @param score the model's answer, after the change, of the output that is explained
    public record Change(String column, Object from, Object to, float score) {}

    public Explanation {
        contributions = List.copyOf(contributions);
    }
}
