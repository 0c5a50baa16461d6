package dev.orrery.inference.rows;

import static dev.orrery.inference.Deployed.predict;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.orrery.contracts.EntityKeys;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Role;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.inference.Deployed;
import dev.orrery.inference.Logged;
import dev.orrery.inference.Shelf;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class PredictionResourceTest {

    private static final String ENDPOINT = "rows";

    @BeforeEach
    void deploy() {
        Deployed.tiny(ENDPOINT, 4);
    }

    @Test
    void a_row_gets_a_score_a_decision_and_an_id() {
        var answer = predict(ENDPOINT, "{\"tenure\": 12, \"contract\": \"one-year\"}")
                .statusCode(200)
                .body("endpoint", is(ENDPOINT))
                .body("model", is("tiny"))
                .body("version", is(4))
                .body("predictions", hasSize(1))
                .body("predictions[0].decision", is(false))
                .extract();

        assertThat(answer.<Float>path("predictions[0].score").doubleValue()).isCloseTo(Shelf.TINY_SCORE, within(1e-5));
        assertThat(answer.<String>path("predictions[0].id")).matches("[0-9a-z]+-[0-9]+");
    }

    @Test
    void an_array_of_rows_is_answered_in_order_with_ids_in_a_row() {
        List<String> ids = predict(ENDPOINT, """
                        [{"tenure": 1, "contract": "month-to-month"}, {"contract": "one-year"}, {"tenure": null}]""")
                .statusCode(200)
                .body("predictions.decision", contains(true, false, false))
                .extract()
                .path("predictions.id");

        List<Long> sequence = ids.stream()
                .map(id -> Long.valueOf(id.substring(id.indexOf('-') + 1)))
                .toList();
        assertThat(sequence).containsExactly(sequence.getFirst(), sequence.getFirst() + 1, sequence.getFirst() + 2);
        assertThat(ids)
                .extracting(id -> id.substring(0, id.indexOf('-')))
                .containsOnly(ids.getFirst().split("-")[0]);
    }

    @Test
    void each_prediction_becomes_an_event_that_repeats_what_the_model_was_given() {
        String id = predict(
                        ENDPOINT,
                        "{\"customer\": \"c-17\", \"tenure\": 12, \"contract\": \"one-year\", \"churned\": 7}")
                .statusCode(200)
                .extract()
                .path("predictions[0].id");

        Logged event = Logged.await(id);
        assertThat(event.header().endpoint()).isEqualTo(ENDPOINT);
        assertThat(event.header().deploymentRevision()).isEqualTo(4);
        assertThat(event.header().model()).isEqualTo("tiny");
        assertThat(event.header().version()).isEqualTo(4);
        assertThat(event.header().role()).isEqualTo(Role.CHAMPION);
        assertThat(event.header().useCase()).isEqualTo("tiny");
        assertThat(event.entity())
                .isEqualTo(new EntityKeys(Platform.SUBJECT_KEY).entity("tiny", ColumnType.TEXT, true, "c-17"));
        assertThat(event.inputs()).isEqualTo(Map.of("tenure", 12.0, "contract", "one-year"));
        assertThat((double) event.outputs().get("score")).isCloseTo(Shelf.TINY_SCORE, within(1e-5));
        assertThat(event.outputs()).containsEntry("decision", false);
        assertThat(event.row().latencyNanos()).isPositive();
        assertThat(event.row().error()).isNull();
    }

    @Test
    void a_personal_key_is_nowhere_in_the_record() {
        String id = predict(ENDPOINT, "{\"customer\": \"Ada Lovelace 1815\", \"tenure\": 3}")
                .statusCode(200)
                .extract()
                .path("predictions[0].id");

        Logged.await(id);
        assertThat(Topics.records(Topic.PREDICTIONS.title()).stream()
                        .map(PredictionResourceTest::text)
                        .filter(record -> record.contains("Lovelace")))
                .isEmpty();
    }

    @Test
    void a_numeric_key_means_the_same_person_as_its_text() {
        String id = predict(ENDPOINT, "[{\"customer\": 4711, \"tenure\": 3}, {\"customer\": \"\", \"tenure\": 3}]")
                .statusCode(200)
                .extract()
                .path("predictions[0].id");

        String pseudonym = new EntityKeys(Platform.SUBJECT_KEY).entity("tiny", ColumnType.TEXT, true, "4711");
        assertThat(Logged.await(id).entity()).isEqualTo(pseudonym);
        assertThat(Logged.await(next(id)).entity())
                .as("a row that does not say whom it is about")
                .isNull();
    }

    @Test
    void a_prediction_that_fails_is_on_record_with_the_reason() {
        Deployed.serve(Deployed.shelf().deployment("faulty", 1, Shelf.faulty()));

        predict("faulty", "{\"tenure\": 12}").statusCode(200);
        predict("faulty", "{\"tenure\": 3e38}").statusCode(500).body("detail", not(containsString("Exception")));

        Logged failed = Logged.await(event ->
                event.header().endpoint().equals("faulty") && event.row().error() != null);
        assertThat(failed.row().error()).contains("no answer for row 1");
        assertThat(failed.outputs()).isEmpty();
        assertThat(failed.inputs()).containsKey("tenure");
        when().get("/q/metrics")
                .then()
                .body(containsString("orrery_inference_requests_total{endpoint=\"faulty\",outcome=\"failed\"} 1.0"));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        "{\"tenur\": 12, \"contract\": \"x\"}", "Row 1 has a column 'tenur'", "Did you mean 'tenure'?"),
                Arguments.of(
                        "[{\"tenure\": 1}, {\"tenure\": 2, \"zzz\": 1}]", "Row 2 has a column 'zzz'", "does not have"),
                Arguments.of("{\"tenure\": \"twelve\"}", "Row 1: column 'tenure'", "a whole number, not \"twelve\""),
                Arguments.of("[{\"tenure\": 1}, {\"tenure\": 1.5}]", "Row 2: column 'tenure'", "1.5"),
                Arguments.of("[{\"tenure\": 1}, {\"contract\": true}]", "Row 2: column 'contract'", "a string"),
                Arguments.of("{\"tenure\": [12]}", "column 'tenure'", "a whole number"),
                Arguments.of("{\"tenure\": 1e400}", "column 'tenure'", "Infinity"),
                Arguments.of("{\"tenure\": 1, \"customer\": {}}", "key 'customer'", "string or a number"),
                Arguments.of("{}", "none of the model's columns", "tenure, contract"),
                Arguments.of("{\"customer\": \"c\"}", "none of the model's columns", "tenure"),
                Arguments.of("[]", "empty", "one row"),
                Arguments.of("[{\"tenure\": 1}, 7]", "Row 2", "not a JSON object"),
                Arguments.of("null", "Row 1", "not a JSON object"),
                Arguments.of("\"tenure\"", "Row 1", "not a JSON object"),
                Arguments.of("{\"tenure\": 1, \"tenure\": 2}", "not JSON", "Duplicate field 'tenure'"),
                Arguments.of("{\"tenure\": NaN}", "NaN is not JSON; write null", "line 1"),
                Arguments.of("{\"tenuer\": 1}", "Row 1 has a column 'tenuer'", "Did you mean 'tenure'?"),
                Arguments.of("{\"tenure\": 1} x", "not JSON", "line 1"),
                Arguments.of("[".repeat(1100), "not JSON", "depth"),
                Arguments.of("", "empty", "body"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void a_wrong_row_is_refused_by_place_and_name(String body, String where, String what) {
        predict(ENDPOINT, body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", allOf(containsString(where), containsString(what)));
    }

    @Test
    void an_unknown_endpoint_is_404_with_the_nearest() {
        predict("row", "{\"tenure\": 1}").statusCode(404).body("detail", containsString("Did you mean 'rows'?"));
    }

    @Test
    void as_many_rows_as_allowed_are_scored_and_one_more_is_not() {
        predict(ENDPOINT, rows(10_000)).statusCode(200).body("predictions", hasSize(10_000));
        predict(ENDPOINT, rows(10_001)).statusCode(413).body("detail", containsString("10000"));
    }

    @Test
    void a_body_that_is_too_large_is_a_problem_that_says_so() {
        predict(ENDPOINT, "{\"contract\": \"%s\"}".formatted("x".repeat(9 << 20)))
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", containsString("8388608"));
    }

    @Test
    void requests_and_predictions_are_counted_and_timed() {
        Deployed.tiny("counted", 2);
        predict("counted", "[{\"tenure\": 1}, {\"tenure\": 2}]").statusCode(200);
        predict("counted", "{\"tenuer\": 1}").statusCode(400);
        predict("counted", "{not json").statusCode(400);
        Deployed.infer("counted", "{}").statusCode(400);

        given().get("/q/metrics")
                .then()
                .body(containsString("orrery_inference_requests_total{endpoint=\"counted\",outcome=\"ok\"} 1.0"))
                .body(containsString("orrery_inference_requests_total{endpoint=\"counted\",outcome=\"invalid\"} 3.0"))
                .body(
                        containsString(
                                "orrery_predictions_total{endpoint=\"counted\",model=\"tiny\",role=\"champion\",version=\"2\"} 2.0"))
                .body(containsString("orrery_inference_seconds_count{endpoint=\"counted\"} 4"))
                .body(containsString("orrery_inference_seconds_bucket{endpoint=\"counted\",le=\"2.5E-4\"}"))
                .body(containsString("orrery_inference_seconds_bucket{endpoint=\"counted\",le=\"1.0\"} 4"))
                .body(containsString("orrery_prediction_log_pending "))
                .body(containsString("orrery_prediction_log_dropped_total 0.0"));
    }

    private static String next(String id) {
        String[] parts = id.split("-");
        return parts[0] + "-" + (Long.parseLong(parts[1]) + 1);
    }

    private static String rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(row -> "{\"tenure\": %d, \"contract\": \"one-year\"}".formatted(row))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String text(ConsumerRecord<String, byte[]> record) {
        StringBuilder text = new StringBuilder(record.key()).append(new String(record.value(), StandardCharsets.UTF_8));
        record.headers().forEach(header -> text.append(new String(header.value(), StandardCharsets.UTF_8)));
        return text.toString();
    }
}
