package dev.orrery.inference.protocol;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import dev.orrery.inference.Deployed;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Triton's extensions about single models tell.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class StatisticsResourceTest {

    private static final String TWO_ROWS = """
            {"inputs": [{"name": "tenure", "shape": [2], "datatype": "FP32", "data": [12, 1]},
                        {"name": "contract", "shape": [2], "datatype": "BYTES", "data": ["one-year", "two-year"]}]%s}""";

    @Test
    void what_never_answered_has_done_nothing() {
        Deployed.tiny("tallied-none", 3);

        when().get("/v2/models/tallied-none/stats")
                .then()
                .statusCode(200)
                .body("model_stats.name", contains("tallied-none"))
                .body("model_stats.version", contains("3"))
                .body("model_stats[0].last_inference", equalTo(0))
                .body("model_stats[0].inference_count", equalTo(0))
                .body("model_stats[0].inference_stats.success.count", equalTo(0))
                .body("model_stats[0].batch_stats", empty());
    }

    /// One on the short way, one with parameters, and one by rows; and one each that cannot be read.
    @Test
    void rows_requests_and_failures_are_counted_whichever_way_they_come() {
        Deployed.tiny("tallied", 2);
        long before = System.currentTimeMillis();
        Deployed.infer("tallied", TWO_ROWS.formatted("")).statusCode(200);
        Deployed.infer("tallied", TWO_ROWS.formatted(",\"parameters\":{\"mine\":1}"))
                .statusCode(200);
        Deployed.predict("tallied", "{\"tenure\":12,\"contract\":\"one-year\"}").statusCode(200);
        Deployed.infer("tallied", "{\"inputs\":[]}").statusCode(400);
        Deployed.predict("tallied", "{\"tenur\":12}").statusCode(400);

        JsonPath told = when().get("/v2/models/tallied/versions/2/stats")
                .then()
                .statusCode(200)
                .body("model_stats[0].inference_count", equalTo(5))
                .body("model_stats[0].execution_count", equalTo(3))
                .body("model_stats[0].last_inference", greaterThan(0L))
                .body("model_stats[0].inference_stats.success.count", equalTo(3))
                .body("model_stats[0].inference_stats.fail.count", equalTo(2))
                .body("model_stats[0].inference_stats.queue.count", equalTo(0))
                .body("model_stats[0].inference_stats.compute_input.count", equalTo(3))
                .body("model_stats[0].inference_stats.compute_infer.count", equalTo(3))
                .body("model_stats[0].inference_stats.compute_output.count", equalTo(3))
                .body("model_stats[0].inference_stats.cache_hit.count", equalTo(0))
                .body("model_stats[0].inference_stats.cache_miss.ns", equalTo(0))
                .extract()
                .jsonPath();

        assertThat(told.getLong("model_stats[0].last_inference")).isBetween(before, System.currentTimeMillis());
        assertThat(nanos(told, "success"))
                .isGreaterThanOrEqualTo(
                        nanos(told, "compute_input") + nanos(told, "compute_infer") + nanos(told, "compute_output"));
        assertThat(nanos(told, "compute_infer")).isPositive();
        assertThat(nanos(told, "fail")).isPositive();
    }

    @Test
    void all_models_are_told_of_at_once_though_one_has_the_name_of_the_question() {
        Deployed.tiny("stats", 1);
        Deployed.tiny("tallied-too", 1);

        when().get("/v2/models/stats")
                .then()
                .statusCode(200)
                .body("model_stats.name", hasItem("stats"))
                .body("model_stats.name", hasItem("tallied-too"));
        when().get("/v2/models/stats/ready").then().statusCode(200).body("name", equalTo("stats"));
        when().get("/v2/models/stats/stats").then().statusCode(200).body("model_stats.name", contains("stats"));
        Deployed.infer("stats", TWO_ROWS.formatted(",\"parameters\":{\"mine\":1}"))
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stats", "config"})
    void a_model_or_version_that_is_not_there_is_404_with_what_is(String what) {
        Deployed.tiny("tallied-here", 5);

        when().get("/v2/models/tallied-her/" + what)
                .then()
                .statusCode(404)
                .body("error", containsString("Did you mean 'tallied-here'?"));
        when().get("/v2/models/tallied-here/versions/6/" + what)
                .then()
                .statusCode(404)
                .body("error", containsString("has version 5 here, not '6'"));
        given().get("/v2/models/tallied-here/versions/5/" + what).then().statusCode(200);
    }

    @Test
    void a_configuration_names_inputs_outputs_and_the_most_rows() {
        Deployed.tiny("configured", 1);

        when().get("/v2/models/configured/config")
                .then()
                .statusCode(200)
                .body("name", equalTo("configured"))
                .body("platform", equalTo("onnx_onnxv1"))
                .body("max_batch_size", greaterThan(0))
                .body("input.name", contains("tenure", "contract"))
                .body("input.data_type", contains("TYPE_FP32", "TYPE_STRING"))
                .body("input.dims", contains(contains(1), contains(1)))
                .body("output.name", contains("score", "decision", "prediction_id"))
                .body("output.data_type", contains("TYPE_FP32", "TYPE_BOOL", "TYPE_STRING"));
    }

    private static long nanos(JsonPath told, String stage) {
        return told.getLong("model_stats[0].inference_stats.%s.ns".formatted(stage));
    }
}
