package dev.orrery.contracts.usecase;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// How a model is trained. A recipe is known by its algorithm's name; a use case has at most one of each.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "algorithm")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Recipe.LogisticRegression.class, name = Recipe.LOGISTIC_REGRESSION),
    @JsonSubTypes.Type(value = Recipe.GradientBoosting.class, name = Recipe.GRADIENT_BOOSTING)
})
public sealed interface Recipe {

    String LOGISTIC_REGRESSION = "logistic-regression";
    String GRADIENT_BOOSTING = "gradient-boosting";
    /// The recipe that every use case has without asking for it: its rule.
    String BASELINE = "baseline";

    @JsonIgnore
    String name();

    /// Logistic regression on standardised numbers and one-hot categories.
    ///
    /// @param epochs       passes over the training rows
    /// @param learningRate step size of the first epoch
    record LogisticRegression(Integer epochs, Double learningRate) implements Recipe {
        public LogisticRegression {
            epochs = epochs == null ? 30 : epochs;
            learningRate = learningRate == null ? 0.1 : learningRate;
            requirePositive("epochs", epochs);
            requirePositive("learning_rate", learningRate);
        }

        @Override
        public String name() {
            return LOGISTIC_REGRESSION;
        }
    }

    /// Boosted decision trees.
    ///
    /// @param trees        number of trees
    /// @param depth        greatest depth of a tree
    /// @param learningRate shrinkage of each tree's contribution
    record GradientBoosting(Integer trees, Integer depth, Double learningRate) implements Recipe {
        public GradientBoosting {
            trees = trees == null ? 100 : trees;
            depth = depth == null ? 3 : depth;
            learningRate = learningRate == null ? 0.1 : learningRate;
            requirePositive("trees", trees);
            requirePositive("depth", depth);
            requirePositive("learning_rate", learningRate);
        }

        @Override
        public String name() {
            return GRADIENT_BOOSTING;
        }
    }

    private static void requirePositive(String parameter, Number value) {
        if (!(value.doubleValue() > 0)) {
            throw new IllegalArgumentException("%s must be above 0, not %s".formatted(parameter, value));
        }
    }
}
