package dev.orrery.inference.prediction;

import static dev.orrery.inference.Deployed.predict;
import static dev.orrery.inference.Deployed.serve;
import static dev.orrery.inference.Deployed.shelf;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.event.Role;
import dev.orrery.inference.Logged;
import dev.orrery.inference.Shelf;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
@TestProfile(ShadowsTest.RoomForTwoRows.class)
class ShadowsTest {

    public static final class RoomForTwoRows implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("orrery.shadow.queue", "2");
        }
    }

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String ROW = "{\"customer\": \"c-7\", \"tenure\": 12, \"contract\": \"one-year\"}";

    @Test
    void a_shadow_is_asked_the_same_and_its_answer_is_only_on_record() {
        deploy("shadowed", Shelf.tiny(), Shelf.other());

        String id = given().contentType("application/json")
                .header("traceparent", TRACE)
                .body(ROW)
                .post("/v1/endpoints/shadowed/predictions")
                .then()
                .statusCode(200)
                .body("version", is(1))
                .extract()
                .path("predictions[0].id");

        Logged answered = Logged.await(id);
        Logged asked = Logged.await(logged ->
                logged.header().endpoint().equals("shadowed") && logged.header().role() == Role.SHADOW);
        assertThat(asked.header().version()).isEqualTo(2);
        assertThat(asked.id()).isNotEqualTo(id);
        assertThat(asked.entity()).isEqualTo(answered.entity()).isNotNull();
        assertThat(asked.row().traceparent()).isEqualTo(TRACE);
        assertThat(asked.inputs()).isEqualTo(answered.inputs());
        assertThat((double) asked.outputs().get("score")).isCloseTo(Shelf.OTHER_SCORE, within(1e-5));
        counted("orrery_shadow_compared_total", "shadowed", 1);
        counted("orrery_shadow_disagreement_total", "shadowed", 1);
        metric(
                "orrery_shadow_difference_ppm_bucket{endpoint=\"shadowed\",model=\"tiny\",version=\"2\",le=\"100000.0\"} 0.0");
        metric(
                "orrery_shadow_difference_ppm_bucket{endpoint=\"shadowed\",model=\"tiny\",version=\"2\",le=\"250000.0\"} 1.0");
    }

    @Test
    void a_shadow_with_other_columns_reads_the_request_for_itself() {
        String columns = "[{\"name\":\"tenure\",\"type\":\"integer\"},{\"name\":\"contract\",\"type\":\"category\"}]";
        String turned = "[{\"name\":\"contract\",\"type\":\"category\"},{\"name\":\"tenure\",\"type\":\"integer\"}]";
        deploy("turned-shadow", Shelf.tiny(), Shelf.carded(columns, turned));

        for (String body : new String[] {ROW, ROW.replace("}", ", \"churned\": true}")}) {
            predict("turned-shadow", body).statusCode(200);
        }

        counted("orrery_shadow_compared_total", "turned-shadow", 2);
        counted("orrery_shadow_disagreement_total", "turned-shadow", 0);
        metric(
                "orrery_shadow_difference_ppm_bucket{endpoint=\"turned-shadow\",model=\"tiny\",version=\"2\",le=\"1.0\"} 2.0");
    }

    @Test
    void what_comes_faster_than_shadows_answer_is_left_out_and_counted_and_the_caller_does_not_notice() {
        deploy("crowded", Shelf.tiny(), Shelf.other());

        predict("crowded", "[%s, %s, %s]".formatted(ROW, ROW, ROW)).statusCode(200);

        counted("orrery_shadow_dropped_total", "crowded", 3);
    }

    @Test
    void a_shadow_that_fails_fails_nobody() {
        deploy("broken-shadow", Shelf.tiny(), Shelf.faulty());

        predict("broken-shadow", ROW.replace("12", "3e38")).statusCode(200);

        counted("orrery_shadow_failed_total", "broken-shadow", 1);
    }

    private static void deploy(String endpoint, Map<String, byte[]> champion, Map<String, byte[]> shadow) {
        Slot first = shelf().slot(endpoint, 1, Role.CHAMPION, 100, champion);
        serve(Shelf.deployment(endpoint, 1, first, shelf().slot(endpoint, 2, Role.SHADOW, 100, shadow)));
    }

    private static void counted(String name, String endpoint, int rows) {
        metric("%s{endpoint=\"%s\",model=\"tiny\",version=\"2\"} %d.0".formatted(name, endpoint, rows));
    }

    private static void metric(String line) {
        await().untilAsserted(() -> when().get("/q/metrics").then().body(containsString(line)));
    }
}
