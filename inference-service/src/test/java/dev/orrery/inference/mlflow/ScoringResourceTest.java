package dev.orrery.inference.mlflow;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.orrery.inference.Deployed;
import dev.orrery.inference.Shelf;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// MLflow's scoring server, as its clients ask it.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class ScoringResourceTest {

    @BeforeEach
    void deploy() {
        Deployed.serve(Deployed.shelf().deployment("scored", 1, Shelf.ofTask("number")));
        Deployed.tiny("scored-too", 1);
    }

    /// Prices of 35 and 170, in every form.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'dataframe_split': {'columns': ['contract', 'tenure'], 'data': [['one-year', 10], ['month-to-month', 56]]}}",
                "{'dataframe_split': {'index': [7, 8], 'columns': ['tenure', 'contract'], 'data': [[10, 'one-year'], [56, 'month-to-month']]}}",
                "{'dataframe_records': [{'tenure': 10, 'contract': 'one-year'}, {'contract': 'month-to-month', 'tenure': 56}]}",
                "{'instances': [{'tenure': 10, 'contract': 'one-year'}, {'tenure': 56, 'contract': 'month-to-month'}]}",
                "{'instances': [[10, 'one-year'], [56, 'month-to-month']], 'params': {}}",
                "{'inputs': {'tenure': [10, 56], 'contract': ['one-year', 'month-to-month']}}",
                "{'inputs': {'tenure': [[10], [56]], 'contract': [['one-year'], ['month-to-month']]}}",
                "{'inputs': [[10, 'one-year'], [56, 'month-to-month']]}",
            })
    void the_four_forms_say_the_same(String body) {
        ask("/v1/endpoints/scored/invocations", body).statusCode(200).body("predictions", equalTo(List.of(35f, 170f)));
    }

    @Test
    void several_outputs_are_objects() {
        ask("/invocations?endpoint=scored-too", "{'dataframe_records': [{'tenure': 12, 'contract': 'one-year'}]}")
                .statusCode(200)
                .body("predictions", hasSize(1))
                .body("predictions[0].decision", equalTo(false))
                .body("ids", hasSize(1));
    }

    @Test
    void a_table_is_read_as_csv() {
        given().contentType("text/csv")
                .body("tenure,contract\n10,one-year\n")
                .post("/invocations?endpoint=scored")
                .then()
                .statusCode(200)
                .body("predictions[0]", equalTo(35f));
    }

    @Test
    void where_several_endpoints_are_it_has_to_be_said_which() {
        ask("/invocations", "{'instances': [[1, 'a']]}")
                .statusCode(400)
                .body("detail", containsString("/invocations?endpoint="));
        ask("/invocations?endpoint=nowhere", "{'instances': [[1, 'a']]}").statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                                  | must be an object with one of",
                "{'rows': []}                                        | exactly one of [dataframe_split",
                "{'instances': [], 'inputs': []}                     | exactly one of",
                "{'instances': []}                                   | at least one row",
                "{'instances': [[1]]}                                | Row 1 needs an array of 2 values",
                "{'instances': [{'tenuer': 1}]}                      | Did you mean 'tenure'?",
                "{'instances': [[1, 'a']], 'params': {'x': 1}}       | The body has 'params'",
                "{'inputs': {'tenure': [1, 2], 'contract': ['a']}}   | column 'contract' has 1 values",
                "{'dataframe_split': {'columns': ['tenure']}}        | needs an object with columns and data",
                "{'dataframe_split': {'columns': ['tenure', 'tenure'], 'data': [[1, 2]]}} | 'tenure' is there twice",
                "{'dataframe_records': [{'tenure': 'x'}]}            | Row 1: column 'tenure' needs a whole number",
                "{'dataframe_records': {'tenure': 1}}                | needs an array of rows",
                "{'dataframe_records': [{'tenure': NaN}]}            | NaN is not JSON; write null",
            })
    void what_is_wrong_is_told(String body, String why) {
        ask("/v1/endpoints/scored/invocations", body).statusCode(400).body("detail", containsString(why));
    }

    @Test
    void it_says_that_it_is_there() {
        when().get("/ping").then().statusCode(200);
        when().get("/health").then().statusCode(200);
        when().get("/version").then().statusCode(200);
    }

    private static ValidatableResponse ask(String path, String body) {
        return given().contentType("application/json")
                .body(body.replace('\'', '"'))
                .post(path)
                .then();
    }
}
