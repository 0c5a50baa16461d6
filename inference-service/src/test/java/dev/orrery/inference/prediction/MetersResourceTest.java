package dev.orrery.inference.prediction;

import static dev.orrery.inference.Deployed.predict;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.orrery.inference.Deployed;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class MetersResourceTest {

    private static final String LABELS = "{endpoint=\"metered\",model=\"tiny\",version=\"3\",role=\"champion\",%s";

    @Test
    void where_the_time_goes_and_what_is_answered_is_told_in_histograms() {
        Deployed.tiny("metered", 3);
        predict("metered", "{\"tenure\": 12}").statusCode(200);
        predict("metered", Collections.nCopies(2_000, "{\"tenure\": 42}").toString())
                .statusCode(200);

        String text = when().get("/q/metrics").asString();

        assertThat(text)
                .contains("# TYPE orrery_inference_stage_seconds histogram")
                .contains(stage("count", "parse", "1") + " 1.0")
                .contains(stage("count", "compute", "1") + " 1.0")
                .contains(stage("count", "serialise", "1") + " 1.0")
                .contains(stage("count", "queue", "257+") + " 1.0")
                .contains("orrery_inference_stage_seconds_bucket"
                        + LABELS.formatted("stage=\"parse\",rows=\"1\",le=\"5.0E-5\"}"))
                .contains("orrery_inference_stage_seconds_bucket"
                        + LABELS.formatted("stage=\"compute\",rows=\"257+\",le=\"10.0\"}") + " 1.0")
                .contains("orrery_inference_score_count" + LABELS.formatted("output=\"score\"}") + " 2001.0")
                .contains("orrery_inference_feature_missing_total" + LABELS.formatted("feature=\"contract\"}")
                        + " 2001.0")
                .contains("orrery_inference_feature_missing_total" + LABELS.formatted("feature=\"tenure\"}") + " 0.0");
    }

    @Test
    void the_same_is_told_in_the_form_of_open_metrics() {
        Deployed.tiny("metered", 3);
        predict("metered", "{\"tenure\": 12}").statusCode(200);

        given().accept("application/openmetrics-text; version=1.0.0; charset=utf-8")
                .get("/q/metrics")
                .then()
                .body(containsString("# TYPE orrery_inference_feature_missing counter"))
                .body(containsString("# TYPE orrery_inference_stage_seconds histogram"))
                .body(containsString("# EOF"));
    }

    @Test
    void what_a_stranger_calls_things_makes_no_label() {
        Deployed.tiny("metered", 3);
        predict("stranger-xyz", "{\"tenure\": 12}").statusCode(404);
        predict("metered", "{\"stranger-column\": 12}").statusCode(400);
        given().contentType("application/json").body("{}").post("/v2/models/stranger-model/infer");
        given().contentType("application/json").body("{}").post("/stranger-path/1");

        assertThat(when().get("/q/metrics").asString()).doesNotContain("stranger");
    }

    private static String stage(String what, String stage, String rows) {
        return "orrery_inference_stage_seconds_" + what
                + LABELS.formatted("stage=\"%s\",rows=\"%s\"}".formatted(stage, rows));
    }
}
