package dev.orrery.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.model.ModelCard.Input;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RowsTest {

    private static final List<Input> EVERY_TYPE = Arrays.stream(ColumnType.values())
            .map(type -> new Input(type.name(), type))
            .toList();

    @Test
    void each_type_reaches_the_model_as_the_number_or_word_it_stands_for() {
        Map<String, Object> row = Map.of(
                "NUMBER", 12.5,
                "INTEGER", 7L,
                "BOOLEAN", true,
                "CATEGORY", "red",
                "TEXT", "any",
                "DATE", "2000-01-03",
                "TIMESTAMP", "2000-01-02T12:00:00Z",
                "not an input", "left aside");

        assertThat(Rows.of(EVERY_TYPE, List.of(row)).row(0))
                .containsExactly(
                        Map.entry("NUMBER", 12.5),
                        Map.entry("INTEGER", 7.0),
                        Map.entry("BOOLEAN", 1.0),
                        Map.entry("CATEGORY", "red"),
                        Map.entry("TEXT", "any"),
                        Map.entry("DATE", 2.0),
                        Map.entry("TIMESTAMP", 1.5));
    }

    @Test
    void a_missing_value_is_nan_or_the_empty_word_and_absent_from_the_row_again() {
        Map<String, Object> nulls = new HashMap<>();
        EVERY_TYPE.forEach(input -> nulls.put(input.name(), null));

        Rows rows = Rows.of(EVERY_TYPE, List.of(Map.of(), nulls));

        assertThat((float[]) rows.column(0)).containsExactly(Float.NaN, Float.NaN);
        assertThat((String[]) rows.column(EVERY_TYPE.indexOf(new Input("TEXT", ColumnType.TEXT))))
                .containsExactly("", "");
        assertThat(rows.row(0)).isEmpty();
        assertThat(rows.row(1)).isEmpty();
    }

    @Test
    void typed_rows_come_back_as_values_that_make_the_same_rows() {
        Rows rows = Rows.of(
                EVERY_TYPE,
                List.of(
                        Map.of("NUMBER", 0.1, "INTEGER", 123_456_789L, "BOOLEAN", false),
                        Map.of("CATEGORY", "ä", "DATE", "1969-07-20"),
                        Map.of("TIMESTAMP", "2026-01-31T12:34:56.789Z"),
                        Map.of("TIMESTAMP", "2000-01-01T00:00:00.001Z")));
        List<Map<String, Object>> typed =
                Stream.of(0, 1, 2, 3).map(rows::typedRow).toList();

        Rows again = Rows.of(EVERY_TYPE, typed);

        assertThat(typed.get(1)).containsEntry("DATE", "1969-07-20").hasSize(2);
        assertThat(typed.getFirst()).containsEntry("BOOLEAN", false);
        for (int i = 0; i < EVERY_TYPE.size(); i++) {
            assertThat(again.column(i)).isEqualTo(rows.column(i));
        }
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                Arguments.of("NUMBER", "12", "a number"),
                Arguments.of("NUMBER", 1e39, "a number"),
                Arguments.of("NUMBER", Double.NaN, "a number"),
                Arguments.of("INTEGER", 1.5, "a whole number"),
                Arguments.of("BOOLEAN", 1, "true or false"),
                Arguments.of("BOOLEAN", "yes", "true or false"),
                Arguments.of("CATEGORY", 3, "a string"),
                Arguments.of("TEXT", List.of("x"), "a string"),
                Arguments.of("DATE", "31.01.2026", "a day"),
                Arguments.of("DATE", 9000, "a day"),
                Arguments.of("TIMESTAMP", "2026-01-31", "an instant"));
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void a_value_of_the_wrong_type_is_refused_naming_column_value_and_expectation(
            String column, Object value, String expectation) {
        assertThatThrownBy(() -> Rows.of(EVERY_TYPE, List.of(Map.of(column, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'%s'".formatted(column))
                .hasMessageContaining(expectation)
                .hasMessageContaining(value.toString());
    }

    @Test
    void columns_of_another_kind_or_length_are_refused_by_name() {
        List<Input> inputs = List.of(new Input("age", ColumnType.NUMBER), new Input("city", ColumnType.TEXT));

        assertThatThrownBy(() -> Rows.ofColumns(inputs, List.of(new String[1], new String[1]), 1))
                .hasMessageContaining("'age' needs 32-bit floats");
        assertThatThrownBy(() -> Rows.ofColumns(inputs, List.of(new float[1], new String[2]), 1))
                .hasMessageContaining("'city' has 2 values, not 1");
        assertThatThrownBy(() -> Rows.ofColumns(inputs, List.of(new float[1]), 1))
                .hasMessageContaining("takes 2 columns");
    }
}
