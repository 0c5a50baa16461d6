package dev.orrery.contracts.usecase;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.orrery.contracts.problem.Faulty;
import java.util.Map;

/// How a model is trained. A recipe is known by its algorithm's name; a use case has at most one of each.
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        include = JsonTypeInfo.As.EXISTING_PROPERTY,
        property = "algorithm",
        visible = true,
        defaultImpl = Recipe.Unknown.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Recipe.LogisticRegression.class, name = Recipe.LOGISTIC_REGRESSION),
    @JsonSubTypes.Type(value = Recipe.GradientBoosting.class, name = Recipe.GRADIENT_BOOSTING)
})
@JsonPropertyOrder("algorithm")
public sealed interface Recipe {

    String LOGISTIC_REGRESSION = "logistic-regression";
    String GRADIENT_BOOSTING = "gradient-boosting";
    /// The recipe that every use case has without asking for it: its rule.
    String BASELINE = "baseline";

    /// The algorithm's name.
    @JsonProperty("algorithm")
    String name();

    /// Logistic regression on standardised numbers and one-hot categories.
    ///
    /// @param epochs       passes over the training rows, at most 1,000
    /// @param learningRate step size of the first epoch, at most 1
    record LogisticRegression(Integer epochs, Double learningRate) implements Recipe {

        private static final int MOST_EPOCHS = 1000;

        public LogisticRegression {
            epochs = epochs == null ? 30 : epochs;
            learningRate = learningRate == null ? 0.1 : learningRate;
            require("epochs", epochs, MOST_EPOCHS);
            require("learning_rate", learningRate, 1);
        }

        @Override
        public String name() {
            return LOGISTIC_REGRESSION;
        }
    }

    /// Boosted decision trees.
    ///
    /// @param trees        number of trees, at most 5,000
    /// @param depth        greatest depth of a tree, at most 15
    /// @param learningRate shrinkage of each tree's contribution, at most 1
    record GradientBoosting(Integer trees, Integer depth, Double learningRate) implements Recipe {

        private static final int MOST_TREES = 5000;
        /// A tree of this depth has 32,768 leaves: more than the rows of most tables, and it grows by doubling.
        private static final int DEEPEST = 15;

        public GradientBoosting {
            trees = trees == null ? 100 : trees;
            depth = depth == null ? 3 : depth;
            learningRate = learningRate == null ? 0.1 : learningRate;
            require("trees", trees, MOST_TREES);
            require("depth", depth, DEEPEST);
            require("learning_rate", learningRate, 1);
        }

        @Override
        public String name() {
            return GRADIENT_BOOSTING;
        }
    }

    /// One whose algorithm this version of the platform does not know. It is kept as it was written, for one that does.
    record Unknown(
            @JsonProperty("algorithm") String name,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> parameters) implements Recipe {

        public Unknown {
            parameters = parameters == null ? Map.of() : parameters;
        }
    }

    private static void require(String parameter, Number value, int most) {
        Faulty.unless(
                value.doubleValue() > 0 && value.doubleValue() <= most,
                "/" + parameter,
                "%s must be above 0 and at most %,d, not %s",
                parameter,
                most,
                value);
    }
}
