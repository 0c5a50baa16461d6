package dev.orrery.inference.prediction;

import static dev.orrery.inference.Deployed.predict;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.event.Outcome;
import dev.orrery.inference.Deployed;
import dev.orrery.inference.Logged;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class OutcomesTest {

    private static final String ENDPOINT = "outcomes";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @BeforeEach
    void deploy() {
        Deployed.tiny(ENDPOINT, 1);
    }

    @Test
    void a_refused_request_is_on_record_with_the_reason_and_without_inputs() {
        predict(ENDPOINT, "{\"tenure\": \"a while\"}").statusCode(400);

        Logged event = Logged.await(
                logged -> isOf(logged, Outcome.INVALID) && logged.row().error().contains("a while"));
        assertThat(event.row().error()).contains("Row 1: column 'tenure'");
        assertThat(event.row().cells()).isEmpty();
        assertThat(event.row().outputs()).isEmpty();
    }

    @Test
    void the_caller_s_trace_goes_with_small_and_large_requests() {
        traced(TRACE, "{\"tenure\": 41}");
        traced(
                TRACE.replace("4bf9", "aaaa"),
                Collections.nCopies(2_000, "{\"tenure\": 42}").toString());
        traced("nonsense", "{\"tenure\": 43}");

        assertThat(traceOf(41)).isEqualTo(TRACE);
        assertThat(traceOf(42)).isEqualTo(TRACE.replace("4bf9", "aaaa"));
        assertThat(traceOf(43)).isNull();
    }

    private static void traced(String traceparent, String body) {
        given().contentType("application/json")
                .header("traceparent", traceparent)
                .body(body)
                .post("/v1/endpoints/{endpoint}/predictions", ENDPOINT)
                .then()
                .statusCode(200);
    }

    private static String traceOf(double tenure) {
        return Logged.await(logged -> isOf(logged, Outcome.OK)
                        && Double.valueOf(tenure).equals(logged.inputs().get("tenure")))
                .row()
                .traceparent();
    }

    private static boolean isOf(Logged logged, Outcome outcome) {
        return logged.header().endpoint().equals(ENDPOINT) && logged.row().outcome() == outcome;
    }
}
