package dev.orrery.training.recipe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.usecase.Condition;
import dev.orrery.contracts.usecase.Recipe;
import dev.orrery.contracts.usecase.Split;
import dev.orrery.contracts.usecase.Task;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.model.Bindings;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Output;
import dev.orrery.training.data.Parts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One recipe of a use case, ready to be trained on any of its dataset versions.
public final class Trainer {

    private final UseCase useCase;
    private final String name;
    private final Optional<Recipe> recipe;

    private Trainer(UseCase useCase, String name, Optional<Recipe> recipe) {
        this.useCase = useCase;
        this.name = name;
        this.recipe = recipe;
    }

    /// The trainer of a recipe that the use case has, its baseline among them.
    ///
    /// @throws IllegalArgumentException naming the recipes that there are, or what cannot be trained here
    public static Trainer of(UseCase useCase, String recipe) {
        if (!useCase.recipeNames().contains(recipe)) {
            throw new IllegalArgumentException("use case '%s' has no recipe '%s'; it has %s"
                    .formatted(useCase.name(), recipe, String.join(", ", useCase.recipeNames())));
        }
        Optional<Recipe> known = useCase.training().recipes().stream()
                .filter(candidate -> candidate.name().equals(recipe))
                .findFirst();
        requireTrainable(useCase, known);
        return new Trainer(useCase, recipe, known);
    }

    private static void requireTrainable(UseCase useCase, Optional<Recipe> recipe) {
        switch (useCase.task()) {
            case Task.Binary _ -> {}
            case Task.MultiClass _, Task.Regression _ ->
                throw new IllegalArgumentException("task '%s' of use case '%s' cannot be trained yet; a binary one can"
                        .formatted(useCase.task().type(), useCase.name()));
            case Task.Unknown unknown -> throw newer("task", unknown.type());
        }
        if (recipe.orElse(null) instanceof Recipe.Unknown unknown) {
            throw newer("algorithm", unknown.name());
        }
    }

    private static IllegalArgumentException newer(String what, String name) {
        return new IllegalArgumentException(
                "%s '%s' is not known here: it needs a newer version of model-training-service".formatted(what, name));
    }

    /// Trains; the same parts give the same model.
    public Trained train(Parts parts, Vocabulary vocabulary) {
        long seed = useCase.training().seed();
        return switch (recipe.orElse(null)) {
            case Recipe.LogisticRegression logistic ->
                LogisticModel.train(logistic, parts.training(), vocabulary, seed);
            case Recipe.GradientBoosting boosting -> BoostedModel.train(boosting, parts, vocabulary, seed);
            case Recipe.Unknown unknown -> throw new IllegalStateException("refused before: " + unknown.name());
            case null ->
                RuleModel.of(useCase.baseline(), parts.training().rows().inputs());
        };
    }

    /// What a model that decides says of itself.
    public ModelCard card(Task.Binary task, int useCaseRevision, double threshold) {
        DatasetSchema schema = useCase.dataset();
        List<Input> inputs = Parts.inputs(schema);
        List<String> features = inputs.stream().map(Input::name).toList();
        List<Output> outputs = Output.binary(task.positive(), task.negative(), threshold);
        return new ModelCard(
                useCase.name(),
                useCaseRevision,
                useCase.datasetName(),
                name,
                task,
                inputs,
                outputs,
                Bindings.alike(inputs, outputs),
                schema.columnNames().stream()
                        .filter(column -> !features.contains(column))
                        .toList(),
                new ModelCard.Key(schema.key(), schema.keyType(), schema.isKeyPersonal()),
                schema.missing(),
                useCase.serving());
    }

    /// The file of a trained model: one graph from the raw columns to the score, with its card.
    public static byte[] export(Trained model, ModelCard card) {
        OnnxGraph graph = new OnnxGraph(card.inputs());
        model.draw(graph);
        return graph.model(card);
    }

    /// What it is set to, for the record.
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("recipe", name);
        parameters.put("seed", String.valueOf(useCase.training().seed()));
        Split split = useCase.training().split();
        parameters.put("split.training", String.valueOf(split.training()));
        parameters.put("split.validation", String.valueOf(split.validation()));
        parameters.put("split.holdout", String.valueOf(split.holdout()));
        recipe.map(Trainer::settings).orElseGet(() -> Map.of("rule", rule())).forEach(parameters::put);
        return parameters;
    }

    /// As they are called in the use-case file.
    private static Map<String, String> settings(Recipe recipe) {
        Map<String, String> settings = new LinkedHashMap<>();
        ObjectNode written = Json.MAPPER.valueToTree(recipe);
        written.remove("algorithm");
        written.properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        return settings;
    }

    private String rule() {
        return useCase.baseline().rule().stream().map(Trainer::words).collect(Collectors.joining(" and "));
    }

    private static String words(Condition condition) {
        if (condition.equals() != null) {
            return "%s equals %s".formatted(condition.column(), condition.equals());
        }
        return condition.below() != null
                ? "%s below %s".formatted(condition.column(), condition.below())
                : "%s above %s".formatted(condition.column(), condition.above());
    }
}
