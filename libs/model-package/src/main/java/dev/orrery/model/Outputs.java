package dev.orrery.model;

import dev.orrery.contracts.usecase.Task;
import dev.orrery.model.Output.Type;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Whether a card's outputs are those of its task.
final class Outputs {

    /// What answers say beside the outputs.
    private static final Set<String> TAKEN = Set.of("id", "prediction_id", "flags", "explanation");

    private Outputs() {}

    /// @throws UnusableModel naming what an answer of this task needs
    static void require(ModelCard card) {
        requireNames(card.outputs());
        switch (card.task()) {
            case Task.Binary _ ->
                unless(
                        count(card, Type.NUMBER) == 0
                                && computed(card).equals(List.of(Output.SCORE))
                                && has(card, Output.DECISION, true),
                        "a model of yes and no answers a probability 'score' and a decision with a threshold");
            case Task.MultiClass _ ->
                unless(
                        count(card, Type.NUMBER) == 0
                                && count(card, Type.PROBABILITY) > 1
                                && probabilitiesOfOne(card)
                                && (count(card, Type.DECISION) == 0 || has(card, Output.DECISION, false)),
                        "a model of several classes answers a probability of one class each, and a decision without"
                                + " a threshold");
            case Task.Regression _ ->
                unless(
                        count(card, Type.NUMBER) == card.outputs().size()
                                && !card.outputs().isEmpty(),
                        "a model of a number answers numbers");
            case Task.Unknown unknown ->
                throw new UnusableModel(
                        "task '%s' is not known here: it needs a newer version".formatted(unknown.type()), null);
        }
    }

    /// The places of the probabilities among what the graph computes.
    static List<Integer> probabilities(ModelCard card) {
        List<String> computed = computed(card);
        return IntStream.range(0, computed.size())
                .filter(place -> card.output(computed.get(place)).type() == Type.PROBABILITY)
                .boxed()
                .toList();
    }

    /// The label's values whose probabilities the graph computes, in the probabilities' order.
    static List<String> classes(ModelCard card) {
        return card.outputs().stream()
                .filter(output -> output.type() == Type.PROBABILITY)
                .map(output -> output.classes().getFirst())
                .toList();
    }

    private static List<String> computed(ModelCard card) {
        return card.outputs().stream()
                .filter(output -> output.type() != Type.DECISION)
                .map(Output::name)
                .toList();
    }

    private static void requireNames(List<Output> outputs) {
        long names = outputs.stream().map(Output::name).distinct().count();
        unless(names == outputs.size(), "its card names an output twice");
        outputs.stream().map(Output::name).filter(TAKEN::contains).findFirst().ifPresent(name -> {
            throw new UnusableModel(
                    "its card calls an output '%s', as answers call something else".formatted(name), null);
        });
    }

    private static long count(ModelCard card, Type type) {
        return card.outputs().stream().filter(output -> output.type() == type).count();
    }

    private static boolean has(ModelCard card, String decision, boolean threshold) {
        return count(card, Type.DECISION) == 1
                && card.outputs().stream()
                        .anyMatch(output -> output.name().equals(decision)
                                && output.type() == Type.DECISION
                                && threshold == (output.threshold() != null));
    }

    private static boolean probabilitiesOfOne(ModelCard card) {
        return card.outputs().stream()
                .filter(output -> output.type() == Type.PROBABILITY)
                .allMatch(output -> output.classes().size() == 1);
    }

    private static void unless(boolean holds, String wrong) {
        if (!holds) {
            throw new UnusableModel(wrong, null);
        }
    }
}
