package dev.orrery.contracts.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                    new Column("flag", ColumnType.CATEGORY, null, null, null),
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
                .hasMessage("baseline: 'late' is not a feature of the dataset");
        assertThatThrownBy(() -> useCase(new Condition("flag", null, 5.0, null)))
                .hasMessageContaining("use equals");
        assertThatThrownBy(() -> new Condition("speed", "x", 5.0, null)).hasMessageContaining("has 2 of these");
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
        return new UseCase("ships", null, SCHEMA, new Baseline(List.of(condition)), null, null, null, VALUE);
    }
}
