package dev.orrery.contracts.usecase;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orrery.contracts.Names;
import dev.orrery.contracts.problem.Fault;
import dev.orrery.contracts.problem.Faulty;
import dev.orrery.contracts.schema.DatasetSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// A use-case file: the one thing a person writes. It names its dataset, model and endpoint; each that it leaves out
/// has the use case's own name.
///
/// @param task     what is to be predicted of the label; left out, whether a boolean label is true
/// @param baseline the rule that decides without a model; only where the task decides
/// @param value    what each outcome of a decision is worth; only where the task decides
/// @param serving  what becomes of requests with values that the dataset does not know; they are answered unless said
///                 otherwise
public record UseCase(
        String name,
        BusinessProblem problem,
        DatasetSchema dataset,
        Task task,
        Baseline baseline,
        Training training,
        Rollout rollout,
        Monitor monitor,
        ValueMatrix value,
        ServingRules serving) {

    public UseCase {
        Faulty.unless(faults(name, dataset, task, baseline, value));
        task = settled(task, dataset);
        training = training == null ? new Training(null, null, null, null) : training;
        rollout = rollout == null ? new Rollout(null) : rollout;
        monitor = monitor == null ? new Monitor(null, null) : monitor;
        serving = serving == null ? ServingRules.LENIENT : serving;
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

    /// The names of all it can train: its recipes, and its baseline where it has one.
    @JsonIgnore
    public List<String> recipeNames() {
        return Stream.concat(
                        training.recipes().stream().map(Recipe::name),
                        Stream.ofNullable(baseline).map(_ -> Recipe.BASELINE))
                .toList();
    }

    /// The task that a file means: of one that names none, whether a boolean label is true.
    private static Task settled(Task task, DatasetSchema dataset) {
        Task meant = task == null ? new Task.Binary(null, null) : task;
        return dataset.column(dataset.label()).map(meant::settled).orElse(meant);
    }

    private static List<Fault> faults(
            String name, DatasetSchema dataset, Task task, Baseline baseline, ValueMatrix value) {
        boolean decides = task == null || task.decides();
        List<Fault> faults = new ArrayList<>();
        Names.fault("use case", name).ifPresent(message -> faults.add(new Fault("/name", message)));
        if (dataset == null) {
            faults.add(new Fault("/dataset", "a use case needs a 'dataset'"));
        }
        if (baseline == null && decides) {
            faults.add(new Fault("/baseline", "a use case needs a 'baseline': the rule you would use without a model"));
        }
        if (value == null && decides) {
            faults.add(new Fault("/value", "a use case needs a 'value': what each outcome is worth"));
        }
        if (dataset != null) {
            faults.addAll(Task.faults(task, dataset));
        }
        if (dataset != null && baseline != null) {
            baseline.faults(dataset).forEach(fault -> faults.add(fault.below("/baseline")));
        }
        return faults;
    }
}
