package dev.orrery.inference.protocol;

import static dev.orrery.inference.Deployed.infer;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.orrery.inference.Deployed;
import dev.orrery.inference.Shelf;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class ModelResourceTest {

    private static final String ENDPOINT = "protocol";
    private static final String TENURE = """
            {"name": "tenure", "shape": [2, 1], "datatype": "INT64", "data": [12, 1]}""";
    private static final String CONTRACT = """
            {"name": "contract", "shape": [2, 1], "datatype": "BYTES", "data": ["one-year", "month-to-month"]}""";

    @BeforeEach
    void deploy() {
        Deployed.tiny(ENDPOINT, 3);
    }

    @Test
    void the_server_says_who_it_is_and_that_it_lives() {
        when().get("/v2")
                .then()
                .statusCode(200)
                .body("name", is("inference-service"))
                .body("version", notNullValue())
                .body(
                        "extensions",
                        contains("binary_tensor_data", "model_configuration", "model_repository", "statistics"));
        when().get("/v2/health/live").then().statusCode(200).body("live", is(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/models/protocol", "/v2/models/protocol/versions/3"})
    void a_model_says_what_it_takes_and_returns(String path) {
        when().get(path)
                .then()
                .statusCode(200)
                .body("name", is(ENDPOINT))
                .body("versions", contains("3"))
                .body("platform", is("onnx_onnxv1"))
                .body("inputs.name", contains("tenure", "contract"))
                .body("inputs.datatype", contains("FP32", "BYTES"))
                .body("inputs.shape", contains(contains(-1, 1), contains(-1, 1)))
                .body("outputs.name", contains("score", "decision", "prediction_id"))
                .body("outputs.datatype", contains("FP32", "BOOL", "BYTES"));
        when().get(path + "/ready")
                .then()
                .statusCode(200)
                .body("name", is(ENDPOINT))
                .body("ready", is(true));
    }

    @Test
    void a_batch_is_scored_in_order_and_the_id_comes_back_and_parameters_that_mean_nothing_do_not() {
        given().config(doubles())
                .contentType("application/json")
                .body("""
                        {"id": "mine", "parameters": {"origin": "test"}, "inputs": [%s, %s]}""".formatted(CONTRACT, TENURE))
                .post("/v2/models/{model}/versions/3/infer", ENDPOINT)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("id", is("mine"))
                .body("parameters", nullValue())
                .body("model_name", is(ENDPOINT))
                .body("model_version", is("3"))
                .body("outputs.name", contains("score", "decision", "prediction_id"))
                .body("outputs[0].datatype", is("FP32"))
                .body("outputs[0].shape", contains(2, 1))
                .body("outputs[0].data", contains(closeTo(Shelf.TINY_SCORE, 1e-5), closeTo(0.78918, 1e-5)))
                .body("outputs[1].data", contains(false, true))
                .body("outputs[2].data", everyItem(matchesRegex("[0-9a-z]+-[0-9]+")));
    }

    @Test
    void only_the_outputs_asked_for_come_back() {
        infer(ENDPOINT, """
                        {"inputs": [%s, %s], "outputs": [{"name": "score", "parameters": {"round": "no"}}]}""".formatted(TENURE, CONTRACT))
                .statusCode(200)
                .body("$", aMapWithSize(3))
                .body("outputs", hasSize(1))
                .body("outputs[0].name", is("score"))
                .body("outputs[0].parameters", nullValue());
    }

    static Stream<String> sameTenure() {
        return Stream.of(
                "\"shape\": [2], \"datatype\": \"INT8\", \"data\": [12, 1]",
                "\"shape\": [2, 1], \"datatype\": \"UINT64\", \"data\": [[12], [1]]",
                "\"shape\": [2], \"datatype\": \"FP32\", \"data\": [12, 1.0]",
                "\"shape\": [2, 1], \"datatype\": \"FP64\", \"data\": [[1.2e1], [1]]");
    }

    @ParameterizedTest
    @MethodSource("sameTenure")
    void numbers_come_in_any_numeric_datatype_flat_or_nested(String tensor) {
        String twelve = "{\"name\": \"tenure\", %s}".formatted(tensor);

        score(twelve, CONTRACT)
                .body("outputs[0].data", contains(closeTo(Shelf.TINY_SCORE, 1e-5), closeTo(0.78918, 1e-5)));
    }

    @Test
    void null_is_a_missing_value_in_every_datatype() {
        String tenure = "{\"name\": \"tenure\", \"shape\": [3], \"datatype\": \"INT32\", \"data\": [null, null, 12]}";
        String contract =
                "{\"name\": \"contract\", \"shape\": [3], \"datatype\": \"BYTES\", \"data\": [null, \"one-year\", null]}";

        score(tenure, contract)
                .body(
                        "outputs[0].data",
                        contains(closeTo(0.40131, 1e-5), closeTo(0.24974, 1e-5), closeTo(0.495, 1e-5)));
    }

    @Test
    void other_columns_of_the_dataset_may_come_along() {
        String customer = "{\"name\": \"customer\", \"shape\": [2], \"datatype\": \"BYTES\", \"data\": [\"a\", null]}";
        String churned = "{\"name\": \"churned\", \"shape\": [2], \"datatype\": \"BOOL\", \"data\": [true, false]}";

        infer(ENDPOINT, inputs(customer, TENURE, churned, CONTRACT))
                .statusCode(200)
                .body("outputs[0].data", hasSize(2));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("{not json", "not JSON"),
                Arguments.of("", "empty"),
                Arguments.of("[]", "not of the expected form"),
                Arguments.of("{\"inputs\": []} {}", "cannot be read"),
                Arguments.of(
                        inputs(TENURE.replace("[12, 1]", "[NaN, 1]"), CONTRACT),
                        "NaN is not JSON; write null for a missing value"),
                Arguments.of(inputs(TENURE.replace("[2, 1]", "[\"2\", 1]"), CONTRACT), "$.inputs[0].shape[0]"),
                Arguments.of(inputs(TENURE.replace("[12, 1]", "[[12, 1]]"), CONTRACT), "array of one element for each"),
                Arguments.of(inputs(TENURE.replace("[12, 1]", "[[12], 1]"), CONTRACT), "row 2: data of shape [2, 1]"),
                Arguments.of(inputs(TENURE.replace("[12, 1]", "[[[12]], [[1]]]"), CONTRACT), "row 1: data of shape"),
                Arguments.of(
                        inputs(TENURE.replace("[12, 1]", "[[12], [1]]").replace("[2, 1]", "[2]"), CONTRACT),
                        "a flat array"),
                Arguments.of("{\"id\": 7, %s".formatted(inputs(TENURE, CONTRACT).substring(1)), "$.id"),
                Arguments.of(
                        "{\"parameters\": {\"binary_data_output\": 1}, %s"
                                .formatted(inputs(TENURE, CONTRACT).substring(1)),
                        "binary_data_output must be true or false"),
                Arguments.of(
                        "{\"parameters\": {\"sequence_id\": 3}, %s"
                                .formatted(inputs(TENURE, CONTRACT).substring(1)),
                        "'sequence_id' is not supported"),
                Arguments.of(
                        "{\"inputs\": [%s, %s], \"outputs\": [{\"name\": \"score\", \"parameters\": {\"classification\": 1}}]}"
                                .formatted(TENURE, CONTRACT),
                        "output 'score': the parameter 'classification'"),
                Arguments.of("{\"inputs\": [], \"inputs\": []}", "Duplicate"),
                Arguments.of("{\"inputs\": {}}", "$.inputs"),
                Arguments.of("null", "body is null"),
                Arguments.of("{}", "no inputs"),
                Arguments.of("{\"inputs\": [null]}", "no name"),
                Arguments.of(inputs(TENURE), "[contract]"),
                Arguments.of(inputs(TENURE, TENURE, CONTRACT), "'tenure' is there twice"),
                Arguments.of(inputs(TENURE.replace("tenure", "tenur"), CONTRACT), "Did you mean 'tenure'?"),
                Arguments.of(inputs(TENURE.replace("tenure", "Tenure"), CONTRACT), "no input 'Tenure'"),
                Arguments.of(inputs(TENURE.replace("[2, 1]", "[1, 2]"), CONTRACT), "shape [1, 2]"),
                Arguments.of(inputs(TENURE.replace("[2, 1]", "[2, 1, 1]"), CONTRACT), "shape [2, 1, 1]"),
                Arguments.of(inputs(TENURE.replace("[2, 1]", "[3, 1]"), CONTRACT), "2 elements"),
                Arguments.of(inputs(TENURE.replace("[2, 1]", "[2.5]"), CONTRACT), "$.inputs[0].shape[0]"),
                Arguments.of(inputs(TENURE.replace("[2, 1]", "[-1]"), CONTRACT), "shape [-1]"),
                Arguments.of(inputs(TENURE.replace("[2, 1]", "null"), CONTRACT), "shape null"),
                Arguments.of(inputs(TENURE.replace("[12, 1]", "[]").replace("[2, 1]", "[0]"), CONTRACT), "shape [0]"),
                Arguments.of(inputs(TENURE.replace("[12, 1]", "null"), CONTRACT), "needs data"),
                Arguments.of(inputs(TENURE.replace("[12, 1]", "\"12\""), CONTRACT), "needs data"),
                Arguments.of(
                        inputs(TENURE.replace("[12, 1]", "[12]").replace("[2, 1]", "[1]"), CONTRACT), "has 2 rows"),
                Arguments.of(inputs(TENURE.replace("INT64", "INT65"), CONTRACT), "'INT65'"),
                Arguments.of(inputs(TENURE.replace("INT64", "BYTES"), CONTRACT), "needs datatype FP32"),
                Arguments.of(inputs(TENURE, CONTRACT.replace("BYTES", "INT64")), "needs datatype BYTES"),
                Arguments.of(inputs(TENURE.replace("[12, 1]", "[12, \"1\"]"), CONTRACT), "'tenure', row 2"),
                Arguments.of(inputs(TENURE.replace("[12, 1]", "[12, 1.5]"), CONTRACT), "1.5 is not INT64"),
                Arguments.of(
                        inputs(TENURE.replace("[12, 1]", "[12, 1.5]").replace("INT64", "FP32"), CONTRACT),
                        "1.5 is not a whole number"),
                Arguments.of(
                        inputs(TENURE.replace("[12, 1]", "[12, 1e39]").replace("INT64", "FP64"), CONTRACT),
                        "within ±3.4e38"),
                Arguments.of(
                        inputs(TENURE.replace("INT64", "UINT8").replace("[12, 1]", "[12, -1]"), CONTRACT),
                        "-1 is not UINT8"),
                Arguments.of(inputs(TENURE, CONTRACT.replace("\"one-year\"", "7")), "7 is not a string"),
                Arguments.of(
                        inputs(
                                TENURE.replace("INT64\",", "INT64\", \"parameters\": {\"binary_data_size\": 8},"),
                                CONTRACT),
                        "send one of them"),
                Arguments.of(
                        inputs(
                                TENURE,
                                CONTRACT.replace(
                                        "BYTES\",", "BYTES\", \"parameters\": {\"content_type\": \"base64\"},")),
                        "'base64' is not supported"),
                Arguments.of(
                        "{\"inputs\": [%s, %s], \"outputs\": [{\"name\": \"scores\"}]}".formatted(TENURE, CONTRACT),
                        "Did you mean 'score'?"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void a_wrong_request_is_told_what_is_wrong_in_the_protocols_own_form(String body, String message) {
        infer(ENDPOINT, body)
                .statusCode(400)
                .contentType("application/json")
                .body("$", aMapWithSize(1))
                .body("error", containsString(message))
                .body("error", not(containsString("dev.orrery")));
    }

    static Stream<Arguments> notUtf8() {
        String body = inputs(TENURE, CONTRACT);
        return Stream.of(
                Arguments.of(body.getBytes(StandardCharsets.UTF_16LE), "UTF-16"),
                Arguments.of(body.getBytes(StandardCharsets.UTF_16), "UTF-16"),
                Arguments.of(body.replace("one-year", "caf\u00e9").getBytes(StandardCharsets.ISO_8859_1), "0xE9"),
                // A slash in two bytes, and in three: no UTF-8, though a lenient reader takes it for one.
                Arguments.of(body.replace("one-year", "\u00c0\u00af").getBytes(StandardCharsets.ISO_8859_1), "0xC0"),
                Arguments.of(
                        body.replace("one-year", "\u00e0\u0080\u00af").getBytes(StandardCharsets.ISO_8859_1), "0xE0"));
    }

    @ParameterizedTest
    @MethodSource("notUtf8")
    void a_body_that_is_not_strictly_utf8_is_refused(byte[] body, String message) {
        given().contentType("application/json")
                .body(body)
                .post("/v2/models/{model}/infer", ENDPOINT)
                .then()
                .statusCode(400)
                .body("error", containsString(message));
    }

    @Test
    void parameters_that_are_turned_off_or_the_clients_own_do_no_harm() {
        infer(
                        ENDPOINT,
                        "{\"parameters\": {\"binary_data_output\": false, \"mine\": 1}, %s"
                                .formatted(inputs(TENURE, CONTRACT).substring(1)))
                .statusCode(200)
                .body("parameters", nullValue());
    }

    @Test
    void models_that_nobody_has_make_no_labels_of_their_own() {
        for (int i = 0; i < 250; i++) {
            infer("unknown-m" + i, "{}").statusCode(404);
        }
        when().get("/q/metrics").then().statusCode(200).body(not(containsString("unknown-m")));
        infer(ENDPOINT, inputs(TENURE, CONTRACT)).statusCode(200);
        when().get("/q/metrics").then().body(containsString("uri=\"/v2/models/{model}/infer\""));
    }

    @Test
    void a_model_or_version_that_is_not_there_is_404_with_what_is() {
        infer("protocl", inputs(TENURE, CONTRACT))
                .statusCode(404)
                .body("error", allOf(containsString("'protocl'"), containsString("Did you mean 'protocol'?")));
        for (String path : new String[] {"", "/ready"}) {
            when().get("/v2/models/nowhere" + path).then().statusCode(404).body("error", containsString("'nowhere'"));
            when().get("/v2/models/protocol/versions/4" + path)
                    .then()
                    .statusCode(404)
                    .body("error", containsString("version 3"));
        }
        given().contentType("application/json")
                .body(inputs(TENURE, CONTRACT))
                .post("/v2/models/protocol/versions/4/infer")
                .then()
                .statusCode(404)
                .body("error", containsString("version 3"));
    }

    @Test
    void whatever_else_goes_wrong_below_v2_is_an_error_in_the_protocols_form() {
        when().get("/v2/nowhere").then().statusCode(404).body("error", notNullValue());
        when().get("/v2/models/protocol/infer").then().statusCode(405).body("error", notNullValue());
        given().contentType("text/plain")
                .body("tenure: 12")
                .post("/v2/models/protocol/infer")
                .then()
                .statusCode(415)
                .body("error", notNullValue());
    }

    @Test
    void more_rows_than_one_request_may_carry_are_refused_with_the_limit() {
        String zeros = IntStream.range(0, 10_001).mapToObj(i -> "0").collect(Collectors.joining(","));
        String tenure =
                "{\"name\": \"tenure\", \"shape\": [10001], \"datatype\": \"FP32\", \"data\": [%s]}".formatted(zeros);
        String contract = "{\"name\": \"contract\", \"shape\": [10001], \"datatype\": \"BYTES\", \"data\": [%s]}"
                .formatted(zeros.replace("0", "\"a\""));

        infer(ENDPOINT, inputs(tenure, contract)).statusCode(413).body("error", containsString("10000"));
    }

    @Test
    void a_body_that_is_too_large_is_refused_in_the_protocols_form() {
        infer(ENDPOINT, "{\"id\": \"%s\"}".formatted("x".repeat(9 << 20)))
                .statusCode(413)
                .body("error", containsString("8"));
    }

    @Test
    void a_request_without_an_id_gets_none() {
        infer(ENDPOINT, inputs(TENURE, CONTRACT))
                .statusCode(200)
                .body("id", nullValue())
                .body("parameters", nullValue());
    }

    @Test
    void the_description_names_every_path_and_what_infer_takes() {
        given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body(
                        "paths.keySet()",
                        hasItems(
                                "/v2",
                                "/v2/health/live",
                                "/v2/health/ready",
                                "/v2/models/{model}/ready",
                                "/v2/models/{model}/versions/{version}/infer",
                                "/v1/endpoints/{endpoint}/predictions"))
                .body("components.schemas.InferenceRequest.properties.keySet()", hasItems("inputs", "outputs"))
                .body("components.schemas.InferenceResponse.properties.keySet()", hasItems("model_name"))
                .body("components.schemas.keySet()", hasItems("Predicted", "EndpointPage", "ModelReady"))
                .body("components.schemas.keySet()", everyItem(not(matchesRegex("View.*|.*[0-9]"))))
                .body(
                        "paths.findAll { it.key.startsWith('/v') }.collectMany { it.value.values().summary }",
                        everyItem(notNullValue()))
                .body(
                        "paths.'/v1/endpoints/{endpoint}/predictions'.post.requestBody.content.keySet()",
                        hasItems("application/json", "text/csv"));
        when().get("/q/swagger-ui/").then().statusCode(equalTo(200));
    }

    private static ValidatableResponse score(String... tensors) {
        return given().config(doubles())
                .contentType("application/json")
                .body(inputs(tensors))
                .post("/v2/models/{model}/infer", ENDPOINT)
                .then()
                .statusCode(200);
    }

    private static String inputs(String... tensors) {
        return "{\"inputs\": [%s]}".formatted(String.join(", ", tensors));
    }

    private static RestAssuredConfig doubles() {
        return RestAssuredConfig.newConfig()
                .jsonConfig(JsonConfig.jsonConfig().numberReturnType(NumberReturnType.DOUBLE));
    }
}
