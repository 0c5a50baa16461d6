package dev.orrery.contracts.usecase;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orrery.contracts.Names;
import dev.orrery.contracts.schema.DatasetSchema;
import java.util.List;
import java.util.stream.Stream;

/// A use-case file: the one thing a person writes. Its name is also the name of its dataset and of its model.
public record UseCase(
        String name,
        BusinessProblem problem,
        DatasetSchema dataset,
        Baseline baseline,
        Training training,
        Rollout rollout,
        Monitor monitor,
        ValueMatrix value) {

    public UseCase {
        Names.require("use case", name);
        if (dataset == null) {
            throw new IllegalArgumentException("a use case needs a 'dataset'");
        }
        if (baseline == null) {
            throw new IllegalArgumentException("a use case needs a 'baseline': the rule you would use without a model");
        }
        if (value == null) {
            throw new IllegalArgumentException("a use case needs a 'value': what each outcome is worth");
        }
        training = training == null ? new Training(null, null, null) : training;
        rollout = rollout == null ? new Rollout(null) : rollout;
        monitor = monitor == null ? new Monitor(null, null) : monitor;
        baseline.rule().forEach(condition -> condition.requireFeatureOf(dataset));
    }

    /// Where its champion serves.
    @JsonIgnore
    public String endpoint() {
        return rollout.endpoint() == null ? name : rollout.endpoint();
    }

    /// The names of all it can train: its recipes and its baseline.
    @JsonIgnore
    public List<String> recipeNames() {
        return Stream.concat(training.recipes().stream().map(Recipe::name), Stream.of(Recipe.BASELINE))
                .toList();
    }
}
