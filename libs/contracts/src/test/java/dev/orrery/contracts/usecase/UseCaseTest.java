package dev.orrery.contracts.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.contracts.problem.Fault;
import dev.orrery.contracts.problem.Faulty;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import java.util.List;
import org.junit.jupiter.api.Test;

class UseCaseTest {

    private static final DatasetSchema SCHEMA = new DatasetSchema(
            "ship",
            null,
            "late",
            null,
            null,
            List.of(
                    new Column("ship", ColumnType.TEXT, null, null, null),
                    new Column("speed", ColumnType.NUMBER, null, null, null),
                    new Column("flag", ColumnType.CATEGORY, null, List.of("norway", "sweden"), null),
                    new Column("armed", ColumnType.BOOLEAN, null, null, null),
                    new Column("late", ColumnType.BOOLEAN, null, null, null)));
    private static final ValueMatrix VALUE = new ValueMatrix("EUR", 60, -10, -100, 0);

    @Test
    void what_a_file_leaves_out_has_sensible_defaults() {
        var useCase = useCase(new Condition("speed", null, 5.0, null));

        assertThat(useCase.endpoint()).isEqualTo("ships");
        assertThat(useCase.recipeNames()).containsExactly(Recipe.BASELINE);
        assertThat(useCase.training().split()).isEqualTo(Split.DEFAULT);
        assertThat(useCase.monitor().drift().minimum()).isEqualTo(200);
    }

    @Test
    void a_rule_may_use_features_alone_and_words_only_by_equality() {
        assertThatThrownBy(() -> useCase(new Condition("late", "true", null, null)))
                .hasMessage("baseline: 'late' is not a feature of the dataset.");
        assertThatThrownBy(() -> useCase(new Condition("flg", "x", null, null)))
                .hasMessage("baseline: 'flg' is not a feature of the dataset. Did you mean 'flag'?");
        assertThatThrownBy(() -> useCase(new Condition("flag", null, 5.0, null)))
                .hasMessageContaining("use equals");
        assertThatThrownBy(() -> useCase(new Condition("armed", null, null, 0.5)))
                .hasMessageContaining("holds true, false, yes, no, 1 or 0, which is neither below nor above");
        assertThatThrownBy(() -> new Condition("speed", "x", 5.0, null)).hasMessageContaining("has 2 of these");
    }

    @Test
    void a_rule_asks_for_values_that_its_column_can_have() {
        assertThatThrownBy(() -> useCase(new Condition("speed", "fast", null, null)))
                .hasMessage("baseline: 'speed' never equals 'fast', because it holds a number");
        assertThatThrownBy(() -> useCase(new Condition("armed", "maybe", null, null)))
                .hasMessageContaining("never equals 'maybe'");
        assertThatThrownBy(() -> useCase(new Condition("flag", "swede", null, null)))
                .hasMessage(
                        "baseline: 'flag' never equals 'swede', which is not in its domain. Did you mean 'sweden'?");
        assertThat(useCase(new Condition("flag", "norway", null, null))
                        .baseline()
                        .rule())
                .hasSize(1);
    }

    @Test
    void all_that_is_wrong_is_told_at_once_each_with_its_place() {
        var rule = new Baseline(
                List.of(new Condition("late", "true", null, null), new Condition("speed", "fast", null, null)));

        assertThatThrownBy(() -> new UseCase("Ships", null, SCHEMA, null, rule, null, null, null, null, null))
                .isInstanceOfSatisfying(
                        Faulty.class,
                        wrong -> assertThat(wrong.faults())
                                .extracting(Fault::place)
                                .containsExactly(
                                        "/name", "/value", "/baseline/rule/0/column", "/baseline/rule/1/equals"));
    }

    @Test
    void hyperparameters_that_no_trainer_survives_are_refused() {
        assertThatThrownBy(() -> new Recipe.GradientBoosting(null, 30, null))
                .hasMessage("depth must be above 0 and at most 15, not 30");
        assertThatThrownBy(() -> new Recipe.GradientBoosting(1_000_000, null, null))
                .hasMessageContaining("at most 5,000");
        assertThatThrownBy(() -> new Recipe.LogisticRegression(1_000_000, null)).hasMessageContaining("epochs");
        assertThatThrownBy(() -> new Recipe.LogisticRegression(null, Double.NaN))
                .hasMessageContaining("learning_rate");
    }

    @Test
    void a_recipe_is_listed_once_and_its_parameters_are_positive() {
        var recipe = new Recipe.GradientBoosting(null, null, null);

        assertThatThrownBy(() -> new Training(null, List.of(recipe, recipe), null, null))
                .hasMessageContaining("'gradient-boosting' is listed twice");
        assertThatThrownBy(() -> new Recipe.GradientBoosting(0, null, null)).hasMessageContaining("trees");
    }

    @Test
    void decisions_are_worth_what_the_matrix_says_per_thousand() {
        assertThat(VALUE.per1000(10, 20, 5, 65)).isEqualTo(1000.0 * (600 - 200 - 500) / 100);
        assertThat(VALUE.per1000(0, 0, 0, 0)).isZero();
    }

    private static UseCase useCase(Condition condition) {
        return new UseCase(
                "ships", null, SCHEMA, null, new Baseline(List.of(condition)), null, null, null, VALUE, null);
    }
}
