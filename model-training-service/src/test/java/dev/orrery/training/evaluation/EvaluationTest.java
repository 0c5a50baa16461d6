package dev.orrery.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.contracts.usecase.ValueMatrix;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final Offset<Double> EXACT = within(1e-9);
    private static final Offset<Double> SINGLE = within(1e-7);
    private static final ValueMatrix VALUE = new ValueMatrix("EUR", 60, -10, -100, 0);

    @Test
    void roc_auc_and_average_precision_are_those_of_scikit_learns_example() {
        float[] scores = {0.1f, 0.4f, 0.35f, 0.8f};
        boolean[] labels = {false, false, true, true};

        assertThat(new Ranking(scores, labels).rocAuc()).isCloseTo(0.75, EXACT);
        assertThat(new Ranking(scores, labels).averagePrecision()).isCloseTo(0.8333333333333333, EXACT);
    }

    @Test
    void tied_rows_count_half_whatever_their_order() {
        float[] same = {0.5f, 0.5f, 0.5f, 0.5f, 0.5f};
        float[] mixed = {0.2f, 0.7f, 0.7f, 0.7f, 0.9f};

        for (boolean[] labels : new boolean[][] {
            {true, false, false, true, false},
            {false, false, false, true, true},
            {true, true, false, false, false}
        }) {
            assertThat(new Ranking(same, labels).rocAuc()).isEqualTo(0.5);
            assertThat(new Ranking(same, labels).averagePrecision()).isCloseTo(0.4, EXACT);
        }
        // Each of the two positives beats 0.2, ties with 0.7 and loses to 0.9.
        assertThat(new Ranking(mixed, new boolean[] {false, true, true, false, false}).rocAuc())
                .isCloseTo(0.5, EXACT);
    }

    @Test
    void roc_auc_is_the_share_of_pairs_that_are_in_order() {
        Random random = new Random(5);
        float[] scores = new float[300];
        boolean[] labels = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextInt(40) / 40f;
            labels[i] = random.nextDouble() < scores[i];
        }

        assertThat(new Ranking(scores, labels).rocAuc()).isCloseTo(pairsInOrder(scores, labels), EXACT);
    }

    @Test
    void a_perfect_and_a_perfectly_wrong_ranking_are_one_and_zero() {
        boolean[] labels = {false, true};

        assertThat(new Ranking(new float[] {0, 1}, labels).rocAuc()).isEqualTo(1);
        assertThat(new Ranking(new float[] {1, 0}, labels).rocAuc()).isEqualTo(0);
        assertThat(new Ranking(new float[] {0, 1}, labels).averagePrecision()).isEqualTo(1);
    }

    @Test
    void what_cannot_be_ranked_is_refused() {
        assertThatThrownBy(() -> new Ranking(new float[] {0.1f}, new boolean[] {true}))
                .hasMessageContaining("both outcomes");
        assertThatThrownBy(() -> new Ranking(new float[] {Float.NaN, 0}, new boolean[] {true, false}))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Ranking(new float[] {1.5f, 0}, new boolean[] {true, false}))
                .hasMessageContaining("1.5");
    }

    @Test
    void log_loss_and_brier_score_are_as_defined_and_finite_for_sure_errors() {
        float[] scores = {0.9f, 0.1f, 0.2f, 0.35f};
        boolean[] labels = {true, false, false, true};

        assertThat(Evaluation.logLoss(scores, labels)).isCloseTo(0.370921689, SINGLE);
        assertThat(Evaluation.brier(scores, labels)).isCloseTo(0.120625, SINGLE);
        assertThat(Evaluation.logLoss(new float[] {0, 1}, new boolean[] {true, false}))
                .isCloseTo(-Math.log(1e-15), EXACT);
    }

    @Test
    void the_confusion_matrix_counts_a_score_at_the_threshold_as_a_positive_decision() {
        float[] scores = {0.5f, 0.5f, 0.4f, 0.4f, 0.4f, 0.9f};
        boolean[] labels = {true, false, true, false, false, true};

        assertThat(Confusion.at(0.5, scores, labels)).isEqualTo(new Confusion(2, 1, 1, 2));
    }

    @Test
    void the_evaluation_holds_every_figure_and_the_value_of_the_decisions() {
        float[] scores = {0.9f, 0.6f, 0.3f, 0.1f};
        boolean[] labels = {true, false, true, false};

        Evaluation evaluation = Evaluation.of(scores, labels, 0.5, VALUE);

        assertThat(evaluation.valuePer1000()).isEqualTo(1000 * (60 - 10 - 100) / 4.0);
        assertThat(evaluation.metrics())
                .containsEntry("roc_auc", 0.75)
                .containsEntry("true_positives", 1.0)
                .containsEntry("false_positives", 1.0)
                .containsEntry("false_negatives", 1.0)
                .containsEntry("true_negatives", 1.0)
                .containsEntry("holdout_rows", 4.0)
                .containsEntry("value_per_1000_everybody", 1000 * (2 * 60 - 2 * 10) / 4.0)
                .containsEntry("value_per_1000_nobody", 1000 * (2 * -100) / 4.0)
                .hasSize(Evaluation.class.getRecordComponents().length);
    }

    @Test
    void no_other_threshold_would_have_been_worth_more() {
        Random random = new Random(11);
        float[] scores = new float[500];
        boolean[] labels = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextInt(100) / 100f;
            labels[i] = random.nextDouble() < scores[i] * scores[i];
        }

        double chosen = Confusion.at(Threshold.best(scores, labels, VALUE), scores, labels)
                .valuePer1000(VALUE);

        for (int i = 0; i <= 101; i++) {
            assertThat(chosen)
                    .isGreaterThanOrEqualTo(
                            Confusion.at(i / 100.0 - 0.005, scores, labels).valuePer1000(VALUE));
        }
    }

    @Test
    void where_acting_never_pays_nobody_reaches_the_threshold_and_where_it_always_pays_everybody_does() {
        float[] scores = {0, 0.5f, 1};
        boolean[] labels = {true, false, true};
        ValueMatrix never = new ValueMatrix("EUR", -1, -1, 0, 0);
        ValueMatrix always = new ValueMatrix("EUR", 1, 1, 0, 0);

        assertThat(Threshold.best(scores, labels, never)).isGreaterThan(1);
        assertThat(Threshold.best(new float[] {0.2f, 0.4f, 0.6f}, labels, never))
                .isBetween(0.7, 0.9);
        assertThat(Threshold.best(scores, labels, always)).isZero();
    }

    @Test
    void of_thresholds_worth_the_same_the_highest_is_chosen_whatever_binary_fractions_make_of_it() {
        ValueMatrix value = new ValueMatrix("EUR", 0.1, -0.3, 0, 0);
        float[] scores = {0.9f, 0.8f, 0.7f, 0.6f};

        // Three wins of 0.1 and a loss of 0.3: in binary 0.1 + 0.1 + 0.1 - 0.3 is 5.6e-17, and not nothing.
        assertThat(Threshold.best(scores, new boolean[] {false, true, true, true}, value))
                .isGreaterThan(0.9);
        assertThat(Threshold.best(scores, new boolean[] {true, true, true, false}, value))
                .isBetween(0.6, 0.7);
    }

    @Test
    void a_tie_is_decided_as_a_whole() {
        ValueMatrix value = new ValueMatrix("EUR", 1, -1, 0, 0);
        float[] scores = {0.5f, 0.9f, 0.5f, 0.5f};

        // The first row of the tie alone would pay; all three of it do not.
        assertThat(Threshold.best(scores, new boolean[] {true, true, false, false}, value))
                .isBetween(0.5, 0.9)
                .isNotEqualTo(0.5);
    }

    private static double pairsInOrder(float[] scores, boolean[] labels) {
        double inOrder = 0;
        long pairs = 0;
        for (int p = 0; p < scores.length; p++) {
            for (int n = 0; n < scores.length; n++) {
                if (labels[p] && !labels[n]) {
                    pairs++;
                    inOrder += scores[p] > scores[n] ? 1 : scores[p] == scores[n] ? 0.5 : 0;
                }
            }
        }
        return inOrder / pairs;
    }
}
