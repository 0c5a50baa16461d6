package dev.orrery.inference.endpoint;

import static dev.orrery.inference.Deployed.predict;
import static dev.orrery.inference.Deployed.serve;
import static dev.orrery.inference.Deployed.shelf;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.event.Role;
import dev.orrery.inference.Shelf;
import dev.orrery.model.PackageFiles;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Several versions at one endpoint.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class SlotsTest {

    private static final int CUSTOMERS = 100;
    private static final String TENURE = "{\"name\":\"tenure\",\"type\":\"integer\"}";
    private static final String CONTRACT = "{\"name\":\"contract\",\"type\":\"category\"}";

    @Test
    void champion_and_canary_share_the_customers_and_each_keeps_his_version() {
        serve(Shelf.deployment("split", 1, champion("split", 70), canary("split", 30)));

        Map<String, Integer> first = new HashMap<>();
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            first.put("c-" + customer, version("split", "c-" + customer));
        }
        long canary = first.values().stream().filter(version -> version == 2).count();
        assertThat(canary).isBetween(CUSTOMERS * 10L / 100, CUSTOMERS * 50L / 100);
        assertThat(first)
                .allSatisfy((customer, version) ->
                        assertThat(version("split", customer)).isEqualTo(version));

        serve(Shelf.deployment("split", 2, champion("split", 40), canary("split", 60)));
        assertThat(first)
                .allSatisfy((customer, version) ->
                        assertThat(version("split", customer)).isGreaterThanOrEqualTo(version));
        when().get("/v1/endpoints/split")
                .then()
                .body("slots.role", contains("champion", "canary"))
                .body("slots.share", contains(40, 60))
                .body("slots[1].scored", greaterThan(0))
                .body("since", notNullValue());
    }

    @Test
    void each_answer_is_the_versions_own_and_a_request_may_name_one_that_is_loaded() {
        serve(Shelf.deployment("named", 1, champion("named", 50), canary("named", 50), shadow("named", 100)));

        for (int customer = 0; customer < 20; customer++) {
            var answer = predict("named", row("c-" + customer)).statusCode(200).extract();
            boolean canary = answer.<Integer>path("version") == 2;
            assertThat(answer.<Boolean>path("predictions[0].decision")).isEqualTo(canary);
        }
        infer("named", 1).statusCode(200).body("model_version", is("1"));
        infer("named", 2).statusCode(200).body("model_version", is("2"));
        infer("named", 3).statusCode(200).body("model_version", is("3"));
        infer("named", 4).statusCode(404).body("error", is("model 'named' has version 1, 2, 3 here, not '4'"));
        when().get("/v2/models/named").then().body("versions", contains("1", "2", "3"));
        when().get("/v2/models/named/versions/3/ready").then().statusCode(200);
    }

    @Test
    void a_canary_with_other_columns_reads_the_request_for_itself() {
        Slot turned = shelf().slot(
                        "turned", 2, Role.CANARY, 60, Shelf.carded(TENURE + "," + CONTRACT, CONTRACT + "," + TENURE));
        serve(Shelf.deployment("turned", 1, champion("turned", 40), turned));

        Set<Integer> versions = new HashSet<>();
        for (int customer = 0; customer < 50; customer++) {
            var answer = predict("turned", row("c-" + customer)).statusCode(200).extract();
            versions.add(answer.path("version"));
            assertThat(answer.<Float>path("predictions[0].score")).isCloseTo((float) Shelf.TINY_SCORE, within(1e-5f));
        }
        assertThat(versions).containsExactly(1, 2);
    }

    @Test
    void a_column_that_one_of_the_versions_knows_may_come_along_whoever_answers() {
        Map<String, byte[]> older = Shelf.carded("[\"customer\",\"churned\"]", "[\"customer\"]");
        Slot champion = shelf().slot("wider", 1, Role.CHAMPION, 50, older);
        serve(Shelf.deployment("wider", 1, champion, canary("wider", 50)));

        Set<Integer> versions = new HashSet<>();
        for (int customer = 0; customer < 50; customer++) {
            String row = row("c-" + customer).replace("}", ", \"churned\": true}");
            versions.add(predict("wider", row).statusCode(200).extract().path("version"));
        }
        assertThat(versions).containsExactly(1, 2);
        predict("wider", row("c-1").replace("}", ", \"age\": 3}")).statusCode(400);
    }

    @Test
    void a_package_that_cannot_be_had_is_told_by_its_slot_and_what_serves_goes_on() {
        serve(Shelf.deployment("waits", 1, champion("waits", 100)));
        Map<String, byte[]> files = Shelf.other();
        files.put(PackageFiles.DESCRIPTION, "of the canary that waits".getBytes(StandardCharsets.UTF_8));
        Slot canary = shelf().slot("waits", 2, Role.CANARY, 10, files);
        shelf().put("/waits/2/" + PackageFiles.DESCRIPTION, "not that".getBytes(StandardCharsets.UTF_8));

        Topics.publish(Shelf.deployment("waits", 2, champion("waits", 90), canary));

        await().untilAsserted(() -> when().get("/v1/endpoints/waits")
                .then()
                .body("revision", is(1))
                .body("pending.slots[0].failure", nullValue())
                .body("pending.slots[1].failure", containsString(PackageFiles.DESCRIPTION))
                .body("pending.failure", containsString("canary tiny 2: ")));
        assertThat(version("waits", "c-1")).isEqualTo(1);
    }

    @Test
    void an_endpoint_that_is_withdrawn_answers_nobody_and_may_come_back() {
        serve(Shelf.deployment("gone", 1, champion("gone", 100)));

        Topics.publish(Shelf.deployment("gone", 2));

        await().untilAsserted(() -> when().get("/v1/endpoints/gone").then().statusCode(404));
        predict("gone", row("c-1")).statusCode(404);
        serve(Shelf.deployment("gone", 3, champion("gone", 100)));
        predict("gone", row("c-1")).statusCode(200);
    }

    private static Slot champion(String endpoint, int share) {
        return shelf().slot(endpoint, 1, Role.CHAMPION, share, Shelf.tiny());
    }

    private static Slot canary(String endpoint, int share) {
        return shelf().slot(endpoint, 2, Role.CANARY, share, Shelf.other());
    }

    private static Slot shadow(String endpoint, int share) {
        return shelf().slot(endpoint, 3, Role.SHADOW, share, Shelf.other());
    }

    private static String row(String customer) {
        return "{\"customer\": \"%s\", \"tenure\": 12, \"contract\": \"one-year\"}".formatted(customer);
    }

    private static int version(String endpoint, String customer) {
        return predict(endpoint, row(customer)).statusCode(200).extract().path("version");
    }

    private static ValidatableResponse infer(String model, int version) {
        return given().contentType("application/json")
                .body("""
                        {"inputs": [
                          {"name": "tenure", "shape": [1, 1], "datatype": "FP32", "data": [12]},
                          {"name": "contract", "shape": [1, 1], "datatype": "BYTES", "data": ["one-year"]}]}""")
                .post("/v2/models/{model}/versions/{version}/infer", model, version)
                .then();
    }
}
