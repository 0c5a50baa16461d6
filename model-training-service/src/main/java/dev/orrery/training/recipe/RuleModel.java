package dev.orrery.training.recipe;

import dev.orrery.contracts.usecase.Baseline;
import dev.orrery.contracts.usecase.Condition;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Values;
import dev.orrery.training.data.Table;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// The use case's rule as a model: it says yes, a score of 1, to a row that meets every condition, and no, 0, to any
/// other. Nothing is learned: a person who follows the rule decides the same.
final class RuleModel implements Trained {

    private static final float YES = 1;
    private static final float NO = 0;
    private static final double BETWEEN = 0.5;

    private final List<Test> tests;

    private RuleModel(List<Test> tests) {
        this.tests = tests;
    }

    static RuleModel of(Baseline baseline, List<Input> inputs) {
        return new RuleModel(baseline.rule().stream()
                .map(condition -> Test.of(condition, inputs))
                .toList());
    }

    /// The rule decides by itself: no threshold is chosen for it.
    @Override
    public OptionalDouble threshold() {
        return OptionalDouble.of(BETWEEN);
    }

    @Override
    public float[] score(Table rows) {
        float[] scores = new float[rows.size()];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = meets(rows, row) ? YES : NO;
        }
        return scores;
    }

    @Override
    public void draw(OnnxGraph graph) {
        String rule = null;
        for (Test test : tests) {
            String outcome = test.draw(graph);
            rule = rule == null ? outcome : graph.node("And", List.of(rule, outcome));
        }
        graph.score("Where", List.of(rule, graph.floats(YES), graph.floats(NO)));
    }

    private boolean meets(Table rows, int row) {
        return tests.stream().allMatch(test -> test.meets(rows, row));
    }

    /// A condition, bound to the place of its column. A missing value meets none.
    private sealed interface Test {

        boolean meets(Table rows, int row);

        /// Draws a `[rows, 1]` value of true and false.
        String draw(OnnxGraph graph);

        static Test of(Condition condition, List<Input> inputs) {
            int place = inputs.stream().map(Input::name).toList().indexOf(condition.column());
            Input input = inputs.get(place);
            if (condition.below() != null) {
                return new Compares(
                        place, input.name(), "Less", condition.below().floatValue());
            }
            if (condition.above() != null) {
                return new Compares(
                        place, input.name(), "Greater", condition.above().floatValue());
            }
            return input.type().isString()
                    ? new Is(place, input.name(), condition.equals())
                    : new Compares(place, input.name(), "Equal", number(input, condition.equals()));
        }

        /// A word in the rule, as the number that the column holds.
        private static float number(Input input, String word) {
            Object typed = switch (input.type()) {
                case BOOLEAN -> List.of("true", "yes", "1").contains(word.toLowerCase(Locale.ROOT));
                case NUMBER, INTEGER -> Double.valueOf(word);
                default -> word;
            };
            return Values.number(input, typed);
        }
    }

    private record Is(int place, String column, String word) implements Test {

        private static final float HALF = 0.5f;

        @Override
        public boolean meets(Table rows, int row) {
            return rows.words(place).get(rows.codes(place)[row]).equals(word);
        }

        @Override
        public String draw(OnnxGraph graph) {
            String same = graph.mlNode(
                    "LabelEncoder",
                    List.of(column),
                    OnnxGraph.words("keys_strings", List.of(word)),
                    OnnxGraph.floats("values_floats", List.of(1f)),
                    OnnxGraph.attribute("default_float", 0f));
            return graph.node("Greater", List.of(same, graph.floats(HALF)));
        }
    }

    private record Compares(int place, String column, String operator, float limit) implements Test {

        @Override
        public boolean meets(Table rows, int row) {
            float value = rows.numbers(place)[row];
            return switch (operator) {
                case "Less" -> value < limit;
                case "Greater" -> value > limit;
                default -> value == limit;
            };
        }

        @Override
        public String draw(OnnxGraph graph) {
            return graph.node(operator, List.of(column, graph.floats(limit)));
        }
    }
}
