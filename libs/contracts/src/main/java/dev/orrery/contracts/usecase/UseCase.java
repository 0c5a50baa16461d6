package dev.orrery.contracts.usecase;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orrery.contracts.Names;
import dev.orrery.contracts.schema.DatasetSchema;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// A use-case file: the one thing a person writes. It names its dataset, model and endpoint; each that it leaves out
/// has the use case's own name.
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
        training = training == null ? new Training(null, null, null, null) : training;
        rollout = rollout == null ? new Rollout(null) : rollout;
        monitor = monitor == null ? new Monitor(null, null) : monitor;
        baseline.rule().forEach(condition -> condition.requireFeatureOf(dataset));
    }

    /// The dataset whose rows it learns from. Several use cases may share one.
    @JsonIgnore
    public String datasetName() {
        return Objects.requireNonNullElse(dataset.name(), name);
    }

    /// What its models are registered under.
    @JsonIgnore
    public String modelName() {
        return Objects.requireNonNullElse(training.model(), name);
    }

    /// Where its champion serves.
    @JsonIgnore
    public String endpoint() {
        return Objects.requireNonNullElse(rollout.endpoint(), name);
    }

    /// The names of all it can train: its recipes and its baseline.
    @JsonIgnore
    public List<String> recipeNames() {
        return Stream.concat(training.recipes().stream().map(Recipe::name), Stream.of(Recipe.BASELINE))
                .toList();
    }
}
