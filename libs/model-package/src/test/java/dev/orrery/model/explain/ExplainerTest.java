package dev.orrery.model.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.contracts.usecase.Task;
import dev.orrery.model.Anatomy.Link;
import dev.orrery.model.Anatomy.Reading;
import dev.orrery.model.Anatomy.Trees;
import dev.orrery.model.Anatomy.Weights;
import dev.orrery.model.Golden;
import dev.orrery.model.Output;
import dev.orrery.model.RowBlock;
import dev.orrery.model.Rows;
import dev.orrery.model.Scorer;
import dev.orrery.model.explain.Explanation.Contribution;
import dev.orrery.model.explain.Explanation.Method;
import dev.orrery.model.explain.Explanation.Scale;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExplainerTest {

    private static final Golden GOLDEN = MadeModel.golden();
    private static final List<Map<String, Object>> SHIPS = MadeModel.ships(60, 2);
    private static final List<String> CLASSES = List.of("early", "late", "lost");

    static Stream<MadeModel> deciding() {
        return Stream.of(
                WeighedModel.binary(true),
                WeighedModel.binary(false),
                GrownModel.binary(40, 4, true, 3),
                GrownModel.binary(40, 4, false, 4),
                classes(Link.SOFTMAX),
                classes(Link.LOGISTIC));
    }

    static Stream<MadeModel> all() {
        return Stream.concat(deciding(), Stream.of(number()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void base_and_contributions_add_up_to_what_the_model_answers(MadeModel model) {
        List<Explanation> explanations = explain(model, SHIPS);
        for (int row = 0; row < SHIPS.size(); row++) {
            Explanation explanation = explanations.get(row);
            double sum = explanation.contributions().stream()
                    .mapToDouble(Contribution::contribution)
                    .sum();
            assertThat(explanation.base() + sum).isCloseTo(explanation.score(), within(1e-9));
            double answered = switch (explanation.scale()) {
                case LOG_ODDS -> 1 / (1 + Math.exp(-explanation.score()));
                case PROBABILITY, VALUE -> explanation.score();
                case MARGIN -> explanation.answer();
            };
            assertThat(answered).isCloseTo(explanation.answer(), within(1e-5));
            assertThat(explanation.answer())
                    .isEqualTo(answers(model, SHIPS.get(row)).get(explanation.output()));
        }
    }

    @ParameterizedTest
    @MethodSource("deciding")
    void what_is_said_to_turn_the_decision_does(MadeModel model) {
        int turned = 0;
        List<Explanation> explanations = explain(model, SHIPS);
        for (int row = 0; row < SHIPS.size(); row++) {
            Map<String, Object> ship = SHIPS.get(row);
            for (Contribution part : explanations.get(row).contributions()) {
                assertThat(part.value()).satisfies(value -> assertSame(value, ship.get(part.column())));
                if (part.turnsAt() != null) {
                    turned++;
                    assertThat(decision(model, changed(ship, part.column(), part.turnsAt())))
                            .as("%s with %s %s", ship, part.column(), part.turnsAt())
                            .isNotEqualTo(decision(model, ship));
                }
            }
            Explanation.Change change = explanations.get(row).change();
            if (change != null) {
                Map<String, Float> after = answers(model, changed(ship, change.column(), change.to()));
                assertThat(change.score())
                        .isEqualTo(after.get(explanations.get(row).output()));
            }
        }
        assertThat(turned).isGreaterThan(SHIPS.size() / 2);
    }

    @ParameterizedTest
    @MethodSource("deciding")
    void nothing_nearer_turns_the_decision(MadeModel model) {
        List<Explanation> explanations = explain(model, SHIPS);
        int passed = 0;
        for (int row = 0; row < SHIPS.size(); row++) {
            Map<String, Object> ship = SHIPS.get(row);
            Contribution crew = part(explanations.get(row), "crew");
            if (crew.turnsAt() != null && crew.value() != null) {
                long from = (Long) crew.value();
                long far = Math.abs((Long) crew.turnsAt() - from);
                for (long step = 1; step < Math.min(far, 50); step++) {
                    passed++;
                    for (long nearer : new long[] {from - step, from + step}) {
                        assertThat(decision(model, changed(ship, "crew", nearer)))
                                .isEqualTo(decision(model, ship));
                    }
                }
            }
            Contribution heavy = part(explanations.get(row), "heavy");
            if (heavy.turnsAt() == null && heavy.value() != null) {
                assertThat(decision(model, changed(ship, "heavy", !(Boolean) heavy.value())))
                        .isEqualTo(decision(model, ship));
            }
            for (String flag : MadeModel.FLAGS) {
                if (part(explanations.get(row), "flag").turnsAt() == null) {
                    assertThat(decision(model, changed(ship, "flag", flag))).isEqualTo(decision(model, ship));
                }
            }
        }
        assertThat(passed).isPositive();
    }

    @Test
    void a_linear_contribution_is_the_difference_that_the_column_makes_to_the_mean_of_typical_rows() {
        MadeModel model = WeighedModel.binary(true);
        Map<String, Object> ship = Map.of("speed", 9.5, "flag", "PA");
        List<Map<String, Object>> typical =
                GOLDEN.rows().stream().filter(row -> !row.isEmpty()).toList();

        Explanation explanation = explain(model, List.of(ship)).getFirst();

        assertThat(explanation.method()).isEqualTo(Method.LINEAR);
        assertThat(explanation.scale()).isEqualTo(Scale.LOG_ODDS);
        for (Contribution part : explanation.contributions()) {
            double difference = typical.stream()
                    .mapToDouble(other -> logOdds(model, ship)
                            - logOdds(model, changed(ship, part.column(), other.get(part.column()))))
                    .average()
                    .orElseThrow();
            assertThat(part.contribution()).as(part.column()).isCloseTo(difference, within(1e-5));
        }
    }

    @Test
    void sampling_comes_near_to_what_is_known_and_says_the_same_each_time() {
        MadeModel model = number();
        MadeModel unknown = new WeighedModel(
                model.card().task(), model.card().outputs(), false, (Weights) model.sums(), model.readings());

        List<Explanation> known = explain(model, SHIPS);
        List<Explanation> sampled = explain(unknown, SHIPS);

        assertThat(explain(unknown, SHIPS)).isEqualTo(sampled);
        for (int row = 0; row < SHIPS.size(); row++) {
            assertThat(sampled.get(row).method()).isEqualTo(Method.SAMPLING);
            assertThat(sampled.get(row).base()).isCloseTo(known.get(row).base(), within(1e-4));
            for (Contribution part : known.get(row).contributions()) {
                assertThat(part(sampled.get(row), part.column()).contribution())
                        .isCloseTo(part.contribution(), within(1e-4));
            }
        }
    }

    @Test
    void a_number_is_explained_as_a_number_and_nothing_turns() {
        Explanation explanation = explain(number(), SHIPS).getFirst();

        assertThat(explanation.scale()).isEqualTo(Scale.VALUE);
        assertThat(explanation.change()).isNull();
        assertThat(explanation.contributions()).allMatch(part -> part.turnsAt() == null);
    }

    @Test
    void of_several_classes_the_most_probable_is_explained() {
        MadeModel model = classes(Link.SOFTMAX);

        for (Explanation explanation : explain(model, SHIPS)) {
            assertThat(explanation.scale()).isEqualTo(Scale.MARGIN);
            assertThat(explanation.answer()).isGreaterThan(1f / CLASSES.size());
        }
    }

    @Test
    void the_greatest_contribution_comes_first() {
        for (Explanation explanation : explain(GrownModel.binary(40, 4, true, 3), SHIPS)) {
            assertThat(explanation.contributions())
                    .isSortedAccordingTo(Comparator.comparingDouble(part -> -Math.abs(part.contribution())));
        }
    }

    @Test
    void numbers_beyond_measure_and_words_never_heard_are_explained_too() {
        List<Map<String, Object>> strange = List.of(
                Map.of(),
                Map.of("speed", 3e38, "crew", Long.MAX_VALUE, "built", "9999-12-31", "flag", "\uD83D"),
                Map.of("speed", -3e38, "crew", Long.MIN_VALUE, "built", "0001-01-01", "flag", "x".repeat(10_000)));

        all().forEach(model -> assertThat(explain(model, strange)).allSatisfy(explanation -> {
            assertThat(explanation.score()).isFinite();
            assertThat(explanation.contributions())
                    .allSatisfy(part -> assertThat(part.contribution()).isFinite());
        }));
    }

    private static MadeModel classes(Link link) {
        List<Output> outputs = Stream.concat(
                        CLASSES.stream().map(name -> new Output(name, Output.Type.PROBABILITY, List.of(name), null)),
                        Stream.of(new Output(Output.DECISION, Output.Type.DECISION, CLASSES, null)))
                .toList();
        return new GrownModel(
                new Task.MultiClass(),
                outputs,
                new Trees(GrownModel.ensemble(45, 3, 3, true, 5), 0.5, new float[] {0.1f, 0, -0.1f}),
                IntStream.range(0, 3)
                        .mapToObj(sum -> new Reading(link, sum, false))
                        .toList());
    }

    private static MadeModel number() {
        MadeModel like = WeighedModel.binary(true);
        return new WeighedModel(
                new Task.Regression(),
                List.of(new Output("hours", Output.Type.NUMBER, null, null)),
                true,
                (Weights) like.sums(),
                List.of(new Reading(Link.IDENTITY, 0, false)));
    }

    private static List<Explanation> explain(Scorer model, List<Map<String, Object>> rows) {
        return new Explainer(model, GOLDEN).explain(block(rows));
    }

    private static RowBlock block(List<Map<String, Object>> rows) {
        return RowBlock.of(Rows.of(MadeModel.INPUTS, rows));
    }

    private static Map<String, Float> answers(Scorer model, Map<String, Object> row) {
        float[][] answers = model.score(block(List.of(row)));
        Map<String, Float> byName = new TreeMap<>();
        for (int output = 0; output < answers.length; output++) {
            byName.put(model.card().bindings().outputs().get(output).output(), answers[output][0]);
        }
        return byName;
    }

    private static int decision(Scorer model, Map<String, Object> row) {
        return model.card().decision().orElseThrow().number(model.score(block(List.of(row))), 0);
    }

    private static double logOdds(Scorer model, Map<String, Object> row) {
        double score = answers(model, row).get(Output.SCORE);
        return Math.log(score / (1 - score));
    }

    private static Contribution part(Explanation explanation, String column) {
        return explanation.contributions().stream()
                .filter(part -> part.column().equals(column))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> changed(Map<String, Object> row, String column, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(row);
        changed.remove(column);
        if (value != null) {
            changed.put(column, value);
        }
        return changed;
    }

    private static void assertSame(Object explained, Object given) {
        if (given instanceof Number number) {
            assertThat(((Number) explained).doubleValue()).isCloseTo(number.doubleValue(), within(1e-5));
        } else {
            assertThat(explained).isEqualTo(given);
        }
    }
}
