package dev.orrery.inference.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.usecase.Task;
import dev.orrery.inference.protocol.InferenceRequest.InputTensor;
import dev.orrery.kit.problem.Invalid;
import dev.orrery.model.Bindings;
import dev.orrery.model.ModelCard;
import dev.orrery.model.ModelCard.Input;
import dev.orrery.model.Output;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One tensor for all columns, and dates as texts.
class MatrixTest {

    private static final ModelCard NUMBERS =
            card(new Input("speed", ColumnType.NUMBER), new Input("masts", ColumnType.INTEGER));
    private static final ModelCard MIXED = card(
            new Input("speed", ColumnType.NUMBER),
            new Input("masts", ColumnType.INTEGER),
            new Input("flag", ColumnType.CATEGORY),
            new Input("steel", ColumnType.BOOLEAN),
            new Input("built", ColumnType.DATE));

    @ParameterizedTest
    @ValueSource(strings = {"[1.5, 2, 3.5, 4]", "[[1.5, 2], [3.5, 4]]"})
    void numbers_lie_row_by_row_in_the_cards_order(String data) throws JsonProcessingException {
        Map<String, Tensor> columns = Matrix.columns(matrix("FP32", "[2, 2]", data), NUMBERS);

        assertThat((float[]) columns.get("speed").column(NUMBERS.inputs().get(0)))
                .containsExactly(1.5f, 3.5f);
        assertThat((float[]) columns.get("masts").column(NUMBERS.inputs().get(1)))
                .containsExactly(2, 4);
    }

    @Test
    void texts_are_read_as_in_a_table() throws JsonProcessingException {
        InputTensor matrix = matrix(
                "BYTES", "[2, 5]", "[\"1.5\", \"2\", \"PA\", \"yes\", \"2000-01-03\", \"\", null, \"\", \"0\", \"\"]");
        Map<String, Tensor> columns = Matrix.columns(matrix, MIXED);

        assertThat((float[]) column(columns, 0)).containsExactly(1.5f, Float.NaN);
        assertThat((float[]) column(columns, 1)).containsExactly(2, Float.NaN);
        assertThat((String[]) column(columns, 2)).containsExactly("PA", "");
        assertThat((float[]) column(columns, 3)).containsExactly(1, 0);
        assertThat((float[]) column(columns, 4)).containsExactly(2, Float.NaN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FP32  | [1, 3]  | [1, 2, 3]         | the model takes 2 columns",
                "FP32  | [0, 2]  | []                | shape [0, 2]",
                "FP32  | [2, 2]  | [1, 2, 3]         | 3 elements, and its shape [2, 2] says 4",
                "FP32  | [2, 2]  | [[1, 2], [3]]     | row 2: data of shape [2, 2]",
                "FP32  | [2, 2]  | [[1, 2], 3, 4]    | row 2",
                "BYTES | [1, 2]  | ['1.5', '2.5']    | row 1, column 'masts': found '2.5', expected a whole number",
                "FP33  | [1, 2]  | [1, 2]            | 'FP33'",
            })
    void what_does_not_fit_is_told(String datatype, String shape, String data, String why)
            throws JsonProcessingException {
        InputTensor matrix = matrix(datatype, shape, data.replace('\'', '"'));

        assertThatThrownBy(() -> Matrix.columns(matrix, NUMBERS))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining(why);
    }

    @Test
    void words_are_no_numbers() throws JsonProcessingException {
        InputTensor matrix = matrix("FP32", "[1, 5]", "[1, 2, 3, 4, 5]");

        assertThatThrownBy(() -> Matrix.columns(matrix, MIXED)).hasMessageContaining("column 'flag' holds words");
    }

    @Test
    void dates_may_be_texts_or_days() throws JsonProcessingException {
        Input date = new Input("built", ColumnType.DATE);
        Input instant = new Input("seen", ColumnType.TIMESTAMP);

        assertThat((float[]) Tensor.of(matrix("BYTES", "[2]", "[\"2000-01-03\", null]"))
                        .column(date))
                .containsExactly(2, Float.NaN);
        assertThat((float[]) Tensor.of(matrix("FP32", "[1]", "[2]")).column(date))
                .containsExactly(2);
        assertThat((float[]) Tensor.of(matrix("BYTES", "[1]", "[\"2000-01-02T12:00:00Z\"]"))
                        .column(instant))
                .containsExactly(1.5f);
        Tensor wrong = Tensor.of(matrix("BYTES", "[1]", "[\"3 January\"]"));
        assertThatThrownBy(() -> wrong.column(date))
                .hasMessageContaining("row 1")
                .hasMessageContaining("a day such as");
    }

    @Test
    void a_whole_number_beyond_a_long_is_one_of_64_bits_without_a_sign() throws JsonProcessingException {
        Input speed = NUMBERS.inputs().getFirst();

        assertThat((float[]) Tensor.of(matrix("UINT64", "[1]", "[18446744073709551615]"))
                        .column(speed))
                .containsExactly(1.8446744e19f);
        Tensor larger = Tensor.of(matrix("UINT64", "[1]", "[18446744073709551616]"));
        assertThatThrownBy(() -> larger.column(speed)).hasMessageContaining("is not UINT64");
    }

    private static Object column(Map<String, Tensor> columns, int place) {
        Input input = MIXED.inputs().get(place);
        return columns.get(input.name()).column(input);
    }

    private static InputTensor matrix(String datatype, String shape, String data) throws JsonProcessingException {
        return Json.MAPPER.readValue(
                "{\"name\":\"rows\",\"datatype\":\"%s\",\"shape\":%s,\"data\":%s}".formatted(datatype, shape, data),
                InputTensor.class);
    }

    private static ModelCard card(Input... inputs) {
        List<Output> outputs = List.of(new Output("price", Output.Type.NUMBER, List.of(), null));
        return new ModelCard(
                "ships",
                1,
                "ships",
                "by-hand",
                new Task.Regression(),
                List.of(inputs),
                outputs,
                Bindings.alike(List.of(inputs), outputs),
                List.of(),
                null,
                null,
                null);
    }
}
