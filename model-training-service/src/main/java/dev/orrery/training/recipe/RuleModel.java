package dev.orrery.training.recipe;

import dev.orrery.contracts.usecase.Baseline;
import dev.orrery.contracts.usecase.Condition;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Rows;
import dev.orrery.training.data.Labelled;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The use case's rule as a model: its score is the share of positives among the training rows that meet the rule, or
/// among those that do not.
final class RuleModel implements Trained {

    private final List<Test> tests;
    private final float met;
    private final float unmet;

    private RuleModel(List<Test> tests, float met, float unmet) {
        this.tests = tests;
        this.met = met;
        this.unmet = unmet;
    }

    static RuleModel train(Baseline baseline, Labelled training) {
        List<Input> inputs = training.rows().inputs();
        List<Test> tests = baseline.rule().stream()
                .map(condition -> Test.of(condition, inputs))
                .toList();
        int rows = 0;
        int positives = 0;
        for (int row = 0; row < training.size(); row++) {
            if (meets(tests, training.rows(), row)) {
                rows++;
                positives += training.labels()[row] ? 1 : 0;
            }
        }
        double overall = (double) training.positives() / training.size();
        int others = training.size() - rows;
        return new RuleModel(tests, (float) (rows == 0 ? overall : (double) positives / rows), (float)
                (others == 0 ? overall : (double) (training.positives() - positives) / others));
    }

    @Override
    public float[] score(Rows rows) {
        float[] scores = new float[rows.size()];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = meets(tests, rows, row) ? met : unmet;
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
        graph.score("Where", List.of(rule, graph.floats(met), graph.floats(unmet)));
    }

    private static boolean meets(List<Test> tests, Rows rows, int row) {
        return tests.stream().allMatch(test -> test.meets(rows, row));
    }

    /// A condition, bound to the place of its column. A missing value meets none.
    private sealed interface Test {

        boolean meets(Rows rows, int row);

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
            return Rows.of(List.of(input), List.of(Map.of(input.name(), typed))).numbers(0)[0];
        }
    }

    private record Is(int place, String column, String word) implements Test {

        private static final float HALF = 0.5f;

        @Override
        public boolean meets(Rows rows, int row) {
            return rows.words(place)[row].equals(word);
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
        public boolean meets(Rows rows, int row) {
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
