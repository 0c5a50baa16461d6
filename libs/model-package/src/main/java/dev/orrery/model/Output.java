package dev.orrery.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// One thing that a model answers for each row.
///
/// @param name      what it is called everywhere: in answers, predictions, profiles, golden rows and evaluations
/// @param classes   the label's values that it speaks of: of a probability, the one whose probability it is; of a
///                  decision, those it decides between, of yes and no the negative one first; none of a number
/// @param threshold of a decision of yes and no: the score from which it is positive; null for what has none
public record Output(String name, Type type, List<String> classes, Double threshold) {

    /// The probability of the positive class.
    public static final String SCORE = "score";
    /// Whether the score reaches the threshold; of several classes, the most probable.
    public static final String DECISION = "decision";

    public enum Type {
        @JsonProperty("probability")
        PROBABILITY,
        /// Not in the graph: it follows from the probabilities.
        @JsonProperty("decision")
        DECISION,
        @JsonProperty("number")
        NUMBER
    }

    public Output {
        classes = classes == null ? List.of() : List.copyOf(classes);
        if (type != Type.DECISION && threshold != null) {
            throw new IllegalArgumentException("a decision may have a threshold, and '%s' is none".formatted(name));
        }
    }

    /// What a model of yes and no answers.
    ///
    /// @param negative null where several values of the label are negative
    public static List<Output> binary(String positive, String negative, double threshold) {
        String no = negative == null ? "not " + positive : negative;
        return List.of(
                new Output(SCORE, Type.PROBABILITY, List.of(positive), null),
                new Output(DECISION, Type.DECISION, List.of(no, positive), threshold));
    }
}
