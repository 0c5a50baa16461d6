package dev.orrery.inference.explain;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.orrery.contracts.Json;
import dev.orrery.inference.Deployed;
import dev.orrery.inference.Logged;
import dev.orrery.inference.Shelf;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class ExplanationResourceTest {

    private static final JsonPathConfig DOUBLES =
            JsonPathConfig.jsonPathConfig().numberReturnType(NumberReturnType.DOUBLE);
    private static final String ROW = "{\"tenure\":12,\"contract\":\"one-year\"}";

    @Test
    void contributions_add_up_to_the_score_and_what_turns_the_decision_is_named() {
        Deployed.tiny("explained", 1);

        JsonPath answer =
                explain("explained", "", ROW).statusCode(200).extract().jsonPath(DOUBLES);

        assertThat(answer.getString("endpoint")).isEqualTo("explained");
        assertThat(answer.getString("model")).isEqualTo("tiny");
        assertThat(answer.getInt("version")).isEqualTo(1);
        Map<String, Object> explanation = answer.getMap("explanations[0]");
        assertThat(explanation).containsEntry("output", "score");
        assertThat(answer.getDouble("explanations[0].answer")).isCloseTo(Shelf.TINY_SCORE, within(1e-6));
        assertThat(sum(answer, 0)).isCloseTo(answer.getDouble("explanations[0].score"), within(1e-6));
        assertThat(answered(answer, 0)).isCloseTo(Shelf.TINY_SCORE, within(1e-5));
        assertThat(answer.getList("explanations[0].contributions.column", String.class))
                .containsExactlyInAnyOrder("tenure", "contract");
        assertThat(answer.getList("explanations[0].contributions.value")).contains("one-year");
    }

    @Test
    void the_change_that_is_said_to_turn_the_decision_turns_it() {
        Deployed.tiny("turning", 1);

        JsonPath answer = explain("turning", "", ROW).statusCode(200).extract().jsonPath(DOUBLES);
        Map<String, Object> change = answer.getMap("explanations[0].change");
        Map<String, Object> row = new HashMap<>(Map.of("tenure", 12, "contract", "one-year"));
        Object before = decision("turning", row);
        row.put((String) change.get("column"), change.get("to"));

        assertThat(decision("turning", row)).isNotEqualTo(before);
        Deployed.predict("turning", Json.text(row))
                .body("predictions[0].score", equalTo(((Number) change.get("score")).floatValue()));
    }

    @ParameterizedTest
    @CsvSource({"classes, decision", "number, price"})
    void classes_and_numbers_are_explained_too(String task, String output) {
        Deployed.serve(Deployed.shelf().deployment("explained-" + task, 1, Shelf.ofTask(task)));

        JsonPath answer = explain(
                        "explained-" + task, "", "[%s,{\"tenure\":60},{\"contract\":\"never\"}]".formatted(ROW))
                .statusCode(200)
                .body("explanations", hasSize(3))
                .extract()
                .jsonPath(DOUBLES);

        for (int row = 0; row < 3; row++) {
            assertThat(sum(answer, row))
                    .isCloseTo(answer.getDouble("explanations[%d].score".formatted(row)), within(1e-9));
        }
        Object explained = answer.get("explanations[1].output");
        Deployed.predict("explained-" + task, "{\"tenure\":60}")
                .body("predictions[0].%s".formatted(explained), equalTo(answer.getFloat("explanations[1].answer")))
                .body("predictions[0].%s".formatted(output), notNullValue());
    }

    @Test
    void a_prediction_comes_with_its_explanation_where_that_is_asked() {
        Deployed.tiny("predicted-why", 1);
        String alone =
                explain("predicted-why", "", ROW).extract().path("explanations").toString();

        for (String accept : List.of("application/json", "*/*")) {
            JsonPath answer = predict("predicted-why", "?explain=true", accept, "[%s,%s]".formatted(ROW, ROW))
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertThat(answer.getList("predictions.id")).doesNotHaveDuplicates().hasSize(2);
            assertThat("[" + answer.get("predictions[1].explanation") + "]").isEqualTo(alone);
        }
        predict("predicted-why", "?explain=false", "application/json", ROW)
                .statusCode(200)
                .body("predictions[0].explanation", nullValue());
        predict("predicted-why", "?explain=perhaps", "application/json", ROW)
                .statusCode(400)
                .body("detail", equalTo("explain is true or false, not 'perhaps'"));
    }

    @Test
    void a_table_of_predictions_has_a_column_of_explanations_where_that_is_asked() throws IOException {
        Deployed.tiny("predicted-table", 1);

        List<String> lines = predict("predicted-table", "?explain=true", "text/csv", ROW)
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .toList();

        assertThat(lines.getFirst()).endsWith(",flags,explanation");
        String json =
                lines.getLast().substring(lines.getLast().indexOf("\"{") + 1).replace("\"\"", "\"");
        assertThat(Json.MAPPER
                        .readTree(json.substring(0, json.length() - 1))
                        .get("output")
                        .asText())
                .isEqualTo("score");
    }

    @Test
    void what_is_explained_is_a_prediction_and_what_is_too_much_is_none() {
        Deployed.tiny("predicted-logged", 1);

        String id = predict("predicted-logged", "?explain=true", "application/json", ROW)
                .extract()
                .path("predictions[0].id");
        predict(
                        "predicted-logged",
                        "?explain=true",
                        "application/json",
                        Collections.nCopies(101, ROW).toString())
                .statusCode(413)
                .body("detail", containsString("explain"));

        assertThat(Logged.await(id).inputs()).containsEntry("contract", "one-year");
    }

    @Test
    void a_table_is_explained_as_rows_of_json_are() {
        Deployed.tiny("explained-table", 1);

        String table = given().contentType("text/csv")
                .body("tenure,contract\n12,one-year\n")
                .post("/v1/endpoints/explained-table/explanations")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(table)
                .isEqualTo(explain("explained-table", "", ROW).extract().asString());
    }

    @Test
    void a_version_that_is_loaded_can_be_named_and_another_cannot() {
        Deployed.tiny("explained-version", 3);

        explain("explained-version", "?version=3", ROW).statusCode(200).body("version", equalTo(3));
        explain("explained-version", "?version=2", ROW)
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", allOf(containsString("3"), containsString("2")));
        explain("nowhere", "", ROW).statusCode(404);
    }

    @Test
    void the_open_protocol_has_an_output_of_explanations_where_its_parameter_asks() throws IOException {
        Deployed.tiny("inferred-why", 1);
        JsonPath answer =
                infer("inferred-why", true, "").statusCode(200).extract().jsonPath(DOUBLES);
        String alone = explain("inferred-why", "", "[%s,{\"tenure\":1,\"contract\":\"two-year\"}]".formatted(ROW))
                .extract()
                .asString();

        assertThat(answer.getList("outputs.name"))
                .isEqualTo(List.of("score", "decision", "prediction_id", "explanation"));
        assertThat(answer.getString("outputs[3].datatype")).isEqualTo("BYTES");
        for (int row = 0; row < 2; row++) {
            assertThat(Json.MAPPER.readTree(answer.getString("outputs[3].data[%d]".formatted(row))))
                    .isEqualTo(Json.MAPPER.readTree(alone).at("/explanations/" + row));
        }
        assertThat(Logged.await(answer.getString("outputs[2].data[0]")).inputs())
                .containsEntry("contract", "one-year");
    }

    @ParameterizedTest
    @CsvSource({"score, 'score,explanation'", "explanation, explanation"})
    void explanations_come_beside_the_outputs_that_are_chosen(String chosen, String expected) {
        Deployed.tiny("inferred-chosen", 1);

        infer("inferred-chosen", true, ",\"outputs\":[{\"name\":\"%s\"}]".formatted(chosen))
                .statusCode(200)
                .body("outputs.name", equalTo(List.of(expected.split(","))));
    }

    @Test
    void the_open_protocol_explains_nothing_where_nobody_asks() {
        Deployed.tiny("inferred-only", 1);

        infer("inferred-only", false, "")
                .statusCode(200)
                .body("outputs.name", equalTo(List.of("score", "decision", "prediction_id")));
        infer("inferred-only", null, "").statusCode(200).body("outputs", hasSize(3));
        infer("inferred-only", "\"yes\"", "")
                .statusCode(400)
                .body("error", containsString("explain must be true or false, not yes"));
        infer("inferred-only", false, ",\"outputs\":[{\"name\":\"explanation\"}]")
                .statusCode(400)
                .body("error", containsString("'explain' is true"));
    }

    @Test
    void a_compressed_body_is_told_how_to_ask_for_explanations() throws IOException {
        Deployed.tiny("inferred-packed", 1);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(inference(true, "").getBytes(StandardCharsets.UTF_8));
        }

        given().contentType("application/json")
                .header("Content-Encoding", "gzip")
                .body(packed.toByteArray())
                .post("/v2/models/inferred-packed/infer")
                .then()
                .statusCode(400)
                .body("error", containsString("not compressed"));
    }

    @Test
    void rows_beyond_the_limit_are_refused_in_the_open_protocol_too() {
        Deployed.tiny("inferred-many", 1);
        String tensor = "{\"name\":\"%s\",\"shape\":[101],\"datatype\":\"%s\",\"data\":%s}";
        String inputs = tensor.formatted("tenure", "FP32", Collections.nCopies(101, 12))
                + ","
                + tensor.formatted("contract", "BYTES", Collections.nCopies(101, "\"one-year\""));
        String body = "{\"parameters\":{\"explain\":%s},\"inputs\":[%s]}";

        Deployed.infer("inferred-many", body.formatted(true, inputs))
                .statusCode(413)
                .body("error", allOf(containsString("101"), containsString("100"), containsString("several")));
        Deployed.infer("inferred-many", body.formatted(false, inputs)).statusCode(200);
    }

    @Test
    void rows_beyond_the_limit_are_refused_with_the_way_out() {
        Deployed.tiny("explained-many", 1);

        explain("explained-many", "", Collections.nCopies(101, ROW).toString())
                .statusCode(413)
                .body("detail", allOf(containsString("101"), containsString("100"), containsString("several")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "[1]", "{\"tenur\":1}", "{\"tenure\":\"NaN\"}", "{\"tenure\":1e400}"})
    void what_cannot_be_read_is_refused_as_for_predictions(String body) {
        Deployed.tiny("explained-broken", 1);

        ValidatableResponse refused = explain("explained-broken", "", body).statusCode(400);

        String detail = refused.extract().path("detail");
        Deployed.predict("explained-broken", body).statusCode(400).body("detail", equalTo(detail));
    }

    @Test
    void how_long_it_takes_is_measured_by_endpoint_and_version() {
        Deployed.tiny("explained-timed", 4);
        explain("explained-timed", "", ROW).statusCode(200);

        when().get("/q/metrics")
                .then()
                .body(containsString(
                        "orrery_inference_explanation_seconds_count{endpoint=\"explained-timed\",version=\"4\"} 1"));
    }

    private static ValidatableResponse infer(String model, Object explain, String outputs) {
        return Deployed.infer(model, inference(explain, outputs));
    }

    private static String inference(Object explain, String outputs) {
        return """
                {"parameters": {"explain": %s}, "inputs": [
                  {"name": "tenure", "shape": [2], "datatype": "FP32", "data": [12, 1]},
                  {"name": "contract", "shape": [2], "datatype": "BYTES", "data": ["one-year", "two-year"]}]%s}""".formatted(explain, outputs);
    }

    private static Object decision(String endpoint, Map<String, Object> row) {
        return Deployed.predict(endpoint, Json.text(row))
                .statusCode(200)
                .extract()
                .path("predictions[0].decision");
    }

    private static double sum(JsonPath answer, int row) {
        String path = "explanations[%d]".formatted(row);
        List<Number> parts = answer.getList(path + ".contributions.contribution");
        return answer.getDouble(path + ".base")
                + parts.stream().mapToDouble(Number::doubleValue).sum();
    }

    /// What the answer is by the score on its scale.
    private static double answered(JsonPath answer, int row) {
        String path = "explanations[%d]".formatted(row);
        double score = answer.getDouble(path + ".score");
        return answer.getString(path + ".scale").equals("log_odds") ? 1 / (1 + Math.exp(-score)) : score;
    }

    private static ValidatableResponse predict(String endpoint, String query, String accept, String body) {
        return given().contentType("application/json")
                .accept(accept)
                .body(body)
                .post("/v1/endpoints/" + endpoint + "/predictions" + query)
                .then();
    }

    private static ValidatableResponse explain(String endpoint, String query, String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/v1/endpoints/" + endpoint + "/explanations" + query)
                .then();
    }
}
