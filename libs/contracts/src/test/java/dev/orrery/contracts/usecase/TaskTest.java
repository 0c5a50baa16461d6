package dev.orrery.contracts.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.problem.Fault;
import dev.orrery.contracts.problem.Faulty;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskTest {

    private static final ValueMatrix VALUE = new ValueMatrix("EUR", 60, -10, -100, 0);
    private static final Baseline BASELINE = new Baseline(List.of(new Condition("speed", null, 5.0, null)));
    private static final Column WORDS = new Column("late", ColumnType.CATEGORY, null, List.of("Stay", "Churn"), null);
    private static final Column THREE =
            new Column("late", ColumnType.CATEGORY, null, List.of("Stay", "Churn", "Pause"), null);

    @Test
    void a_boolean_label_is_true_or_false_unless_said_otherwise() {
        assertThat(useCase(null, label(ColumnType.BOOLEAN)).task()).isEqualTo(Task.Binary.TRUE);
        assertThat(useCase(binary("no"), label(ColumnType.BOOLEAN)).task()).isEqualTo(new Task.Binary("false", "true"));
        assertThat(useCase(new Task.Binary(null, "1"), label(ColumnType.BOOLEAN))
                        .task())
                .isEqualTo(new Task.Binary("false", "true"));
    }

    @Test
    void the_other_of_two_words_is_negative_and_a_number_is_in_its_canonical_form() {
        assertThat(useCase(binary("Churn"), WORDS).task()).isEqualTo(new Task.Binary("Churn", "Stay"));
        assertThat(useCase(binary("Churn"), THREE).task()).isEqualTo(binary("Churn"));
        assertThat(useCase(new Task.Binary("+01", "0"), label(ColumnType.INTEGER))
                        .task())
                .isEqualTo(new Task.Binary("1", "0"));
    }

    @Test
    void a_third_value_is_negative_only_where_no_negative_is_known() {
        assertThat(binary("Churn").outcome("Pause")).hasValue(false);
        assertThat(new Task.Binary("Churn", "Stay").outcome("Pause")).isEqualTo(Optional.empty());
        assertThat(new Task.Binary("Churn", "Stay").outcome("Churn")).hasValue(true);
        assertThat(new Task.Binary("Churn", "Stay").outcome("Stay")).hasValue(false);
    }

    @Test
    void a_label_of_another_type_must_say_what_is_positive() {
        assertFault(null, WORDS, "/dataset/label", "as in task: { type: binary, positive: Stay }");
        assertFault(null, label(ColumnType.INTEGER), "/dataset/label", "positive: 1 }");
        assertFault(null, label(ColumnType.NUMBER), "/dataset/label", "write task: { type: regression }");
    }

    @Test
    void a_value_that_the_label_never_has_is_refused_with_the_nearest() {
        assertFault(binary("Chrun"), WORDS, "/task/positive", "Did you mean 'Churn'?");
        assertFault(new Task.Binary("Churn", "Stey"), THREE, "/task/negative", "Did you mean 'Stay'?");
        assertFault(binary("yes"), label(ColumnType.INTEGER), "/task/positive", "holds a whole number");
        assertFault(new Task.Binary("1", "+1"), label(ColumnType.INTEGER), "/task/negative", "at once");
    }

    @Test
    void classes_and_numbers_have_no_decision_and_so_neither_rule_nor_worth() {
        var speeds = new DatasetSchema("ship", null, "speed", null, null, columns(WORDS));
        var regression = new UseCase("ships", null, speeds, new Task.Regression(), null, null, null, null, null, null);

        assertThat(regression.recipeNames()).isEmpty();
        assertFault(new Task.Regression(), WORDS, "/task/type", "{ type: binary } or { type: multi-class }");
        assertThat(useCase(new Task.MultiClass(), THREE).task()).isEqualTo(new Task.MultiClass());
    }

    @Test
    void what_this_version_does_not_know_is_kept_as_it_was_written() throws JsonProcessingException {
        String task = "{\"type\":\"ranking\",\"at\":[1,2]}";
        String recipe = "{\"algorithm\":\"forest\",\"trees\":7,\"shape\":{\"deep\":true}}";

        Task unknown = Json.MAPPER.readValue(task, Task.class);
        assertThat(unknown).isInstanceOf(Task.Unknown.class);
        assertThat(unknown.type()).isEqualTo("ranking");
        assertThat(Json.MAPPER.<JsonNode>valueToTree(unknown)).isEqualTo(Json.MAPPER.readTree(task));
        Recipe forest = Json.MAPPER.readValue(recipe, Recipe.class);
        assertThat(forest).isInstanceOf(Recipe.Unknown.class);
        assertThat(forest.name()).isEqualTo("forest");
        assertThat(Json.MAPPER.<JsonNode>valueToTree(forest)).isEqualTo(Json.MAPPER.readTree(recipe));
    }

    private static void assertFault(Task task, Column label, String place, String message) {
        assertThatThrownBy(() -> useCase(task, label))
                .isInstanceOfSatisfying(
                        Faulty.class,
                        wrong -> assertThat(wrong.faults()).singleElement().satisfies(fault -> {
                            assertThat(fault).extracting(Fault::place).isEqualTo(place);
                            assertThat(fault.message()).contains(message);
                        }));
    }

    private static Task.Binary binary(String positive) {
        return new Task.Binary(positive, null);
    }

    private static Column label(ColumnType type) {
        return new Column("late", type, null, null, null);
    }

    private static List<Column> columns(Column label) {
        return List.of(
                new Column("ship", ColumnType.TEXT, null, null, null),
                new Column("speed", ColumnType.NUMBER, null, null, null),
                label);
    }

    private static UseCase useCase(Task task, Column label) {
        var schema = new DatasetSchema("ship", null, "late", null, null, columns(label));
        return new UseCase("ships", null, schema, task, BASELINE, null, null, null, VALUE, null);
    }
}
