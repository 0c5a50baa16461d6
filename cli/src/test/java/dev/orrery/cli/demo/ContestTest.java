package dev.orrery.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.cli.Story;
import dev.orrery.cli.Terminal;
import dev.orrery.cli.client.Training.Job;
import dev.orrery.cli.client.Training.Metrics;
import dev.orrery.contracts.usecase.ValueMatrix;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// 1,000 rows, of which 240 are positive.
class ContestTest {

    private static final ValueMatrix OFFER = new ValueMatrix("EUR", 55, -20, 0, 0);
    private static final Job RULE = job("baseline", 3, 0.61, 0.5, 56, 42, OFFER);
    private static final Job LOGISTIC = job("logistic-regression", 1, 0.85, 0.291, 185, 150, OFFER);
    private static final Job BOOSTING = job("gradient-boosting", 2, 0.87, 0.274, 190, 143, OFFER);

    @Test
    void the_most_valuable_comes_first_and_is_said_to_be_worth_most_by_how_much() {
        Contest contest = new Contest(List.of(RULE, LOGISTIC, BOOSTING), OFFER);

        assertThat(contest.ranked()).containsExactly(BOOSTING, LOGISTIC, RULE);
        assertThat(contest.verdict())
                .isEqualTo("worth most on the holdout, 415 EUR per 1,000 decisions more than logistic-regression");
    }

    @Test
    void two_that_are_worth_the_same_are_not_said_to_differ() {
        Job other = job("logistic-regression", 1, 0.85, 0.3, 190, 143, OFFER);

        Contest contest = new Contest(List.of(other, BOOSTING), OFFER);

        assertThat(contest.best()).isEqualTo(BOOSTING);
        assertThat(contest.verdict())
                .isEqualTo("worth as much on the holdout as logistic-regression, and better at ranking"
                        + " (ROC AUC 0.870 to 0.850)");
    }

    @Test
    void a_model_that_is_worth_no_more_than_a_yes_to_all_is_not_praised() {
        ValueMatrix generous = new ValueMatrix("USD", 60, -10, -100, 0);
        Job all = job("gradient-boosting", 2, 0.7, 0.01, 240, 760, generous);

        assertThat(new Contest(List.of(all), generous).verdict())
                .isEqualTo("worth most of the models on the holdout, yet not more than a yes to everybody"
                        + " (6,800 USD per 1,000 decisions)");
    }

    @Test
    void a_model_that_does_worse_than_nothing_is_not_praised_either() {
        Job bad = job("gradient-boosting", 2, 0.5, 0.4, 10, 90, OFFER);

        assertThat(new Contest(List.of(bad), OFFER).verdict()).contains("not more than a yes to nobody (0 EUR");
    }

    @Test
    void where_nothing_was_judged_nothing_is_claimed() {
        Job unjudged = new Job(
                "x", "baseline", "succeeded", new Metrics(Double.NaN, 0.5, 0, 0, 0, 0, 0, 0, 0, 0), null, 1, null);

        assertThat(new Contest(List.of(unjudged, unjudged), OFFER).verdict())
                .contains("nothing could be judged")
                .doesNotContain("worth most");
    }

    @Test
    void the_rule_stands_without_a_threshold_beside_the_models_everybody_and_nobody() {
        assertThat(told(new Terminal(true, 80))).contains("""
                model               ver. ROC AUC threshold    TP    FP    FN    TN  EUR/1,000
                   gradient-boosting      2   0.870     0.274   190   143    50   617      7,590
                   logistic-regression    1   0.850     0.291   185   150    55   610      7,175
                   baseline (the rule)    3   0.610      none    56    42   184   718      2,240
                   everybody                                    240   760     0     0     -2,000
                   nobody                                         0     0   240   760          0
                   best possible              0.884
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 79, 80})
    void all_of_it_keeps_to_the_terminals_width(int width) {
        String told = told(new Terminal(true, width));

        assertThat(told.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
        assertThat(told).contains("7,590", "0.274", "-2,000", "0.884", "baseline (the rule)", "'Churn'");
    }

    private static String told(Terminal terminal) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Story story = new Story(new PrintStream(written, true, StandardCharsets.UTF_8), terminal);
        new ContestTable(new Contest(List.of(RULE, LOGISTIC, BOOSTING), OFFER), "'Churn'", story)
                .tell(OptionalDouble.of(0.884));
        return written.toString(StandardCharsets.UTF_8);
    }

    private static Job job(
            String recipe, int version, double auc, double threshold, long tp, long fp, ValueMatrix value) {
        Metrics metrics = new Metrics(
                auc,
                threshold,
                tp,
                fp,
                240 - tp,
                760 - fp,
                value.per1000(tp, fp, 240 - tp, 760 - fp),
                value.per1000(240, 760, 0, 0),
                value.per1000(0, 0, 240, 760),
                1000);
        return new Job(recipe, recipe, "succeeded", metrics, null, version, null);
    }
}
