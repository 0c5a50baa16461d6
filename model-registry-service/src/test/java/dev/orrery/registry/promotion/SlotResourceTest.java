package dev.orrery.registry.promotion;

import static dev.orrery.registry.promotion.Promoting.alias;
import static dev.orrery.registry.promotion.Promoting.deployments;
import static dev.orrery.registry.promotion.Promoting.promote;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.event.Role;
import dev.orrery.model.PackageFiles;
import dev.orrery.registry.TinyModel;
import dev.orrery.registry.UseCaseText;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class SlotResourceTest {

    private record Wished(String model, int version, String role, int share) {}

    @Test
    void proven_versions_run_side_by_side_and_everybody_is_told() {
        versions("sl01", 3);

        put("sl01", slot("sl01", 1, "champion", 90), slot("sl01", 2, "canary", 10), slot("sl01", 3, "shadow", 100))
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("revision", equalTo(1))
                .body("slots.role", contains("champion", "canary", "shadow"));

        DeploymentChanged told = deployments("sl01", 1).getFirst();
        assertThat(told.slots()).extracting(Slot::share).containsExactly(90, 10, 100);
        assertThat(told.slots()).allSatisfy(slot -> assertThat(slot.files()).containsKey(PackageFiles.MODEL));
        assertThat(told.champion().version()).isEqualTo(1);
        when().get("/v1/models/sl01/versions/1").then().body("aliases", contains("champion"));
        for (int version = 1; version <= 3; version++) {
            when().get("/v1/models/sl01/versions/" + version).then().body("state", equalTo("blessed"));
        }
        when().get("/v1/models/sl01/promotions").then().body("promotions.outcome", contains("promoted"));
        when().get("/v1/deployments/sl01").then().header("ETag", "\"1\"").body("slots", hasSize(3));
    }

    @Test
    void whoever_becomes_champion_gets_the_alias_and_the_record_says_who_and_why() {
        versions("sl02", 2);
        promote("sl02", 1).statusCode(200);

        put("sl02", slot("sl02", 2, "champion", 60), slot("sl02", 1, "canary", 40))
                .statusCode(200);

        when().get("/v1/models/sl02/versions/2").then().body("aliases", contains("champion"));
        when().get("/v1/models/sl02/promotions")
                .then()
                .body("promotions.from_version[0]", equalTo(1))
                .body("promotions.to_version[0]", equalTo(2))
                .body("promotions.deployment_revision[0]", equalTo(2));
        when().get("/v1/deployments/sl02/history")
                .then()
                .body("revisions.revision", contains(2, 1))
                .body("revisions.change", contains("put", "promoted"))
                .body("revisions.by", contains("test", "anonymous"))
                .body("revisions.reason[0]", equalTo("to see"))
                .body("revisions[0].evidence.version", contains(2, 1))
                .body("revisions[0].evidence.golden_rows", contains(20, 20))
                .body("revisions[0].slots.share", contains(60, 40));
        alias("sl02", 1).statusCode(200);
        when().get("/v1/deployments/sl02")
                .then()
                .body("slots.version", contains(1))
                .body("revision", equalTo(3));
    }

    @Test
    void everything_that_is_wrong_with_slots_is_told_by_slot() {
        versions("sl03", 2);
        versions("sl03other", 1);

        refused("sl03", slot("sl03", 1, "champion", 80), slot("sl03", 2, "canary", 10))
                .body("detail", containsString("must add up to 100, and they make 90"));
        refused("sl03", slot("sl03", 1, "champion", 50), slot("sl03", 2, "champion", 50))
                .body("detail", containsString("sl03 1 and sl03 2 have it"));
        refused("sl03", slot("sl03", 1, "champion", 100), slot("sl03", 2, "canary", 0))
                .body("errors.field", contains("/slots/1/share"))
                .body("errors.message[0]", containsString("slot 2 (canary sl03 2): a share of 0 %"));
        refused("sl03", slot("sl03", 1, "champion", 90), slot("sl03", 1, "canary", 10))
                .body("detail", containsString("the same version"));
        refused("sl03", slot("sl03", 1, "champion", 100), slot("sl03other", 1, "shadow", 1))
                .body(
                        "detail",
                        containsString("slot 2 (shadow sl03other 1): its model belongs to use case 'sl03other'"));
        refused("sl03", slot("sl03", 7, "champion", 100), slot("nobody", 1, "mirror", 1))
                .body(
                        "detail",
                        allOf(
                                containsString("slot 1 (champion sl03 7): there is no such version"),
                                containsString("slot 2 (unknown nobody 1): its model belongs to no use case"),
                                containsString("champion, canary and shadow are")));
        refused("sl03").body("detail", containsString("DELETE /v1/deployments/sl03"));
        given().contentType(ContentType.JSON)
                .body("{\"slots\": [], \"sharez\": 1}")
                .put("/v1/deployments/sl03")
                .then()
                .statusCode(400)
                .body("detail", containsString("sharez"));
        when().get("/v1/deployments/sl03").then().statusCode(404);
    }

    @Test
    void a_version_that_does_not_prove_itself_is_refused_by_name_and_nothing_changes() {
        versions("sl04", 1);
        promote("sl04", 1).statusCode(200);
        String golden = new String(TinyModel.file(PackageFiles.GOLDEN), StandardCharsets.UTF_8);
        byte[] wrong = golden.replace("0.7891817", "0.7892817").getBytes(StandardCharsets.UTF_8);
        TinyModel.register("sl04", Map.of(PackageFiles.GOLDEN, wrong));

        put("sl04", slot("sl04", 1, "champion", 95), slot("sl04", 2, "canary", 5))
                .statusCode(409)
                .body("detail", containsString("slot 2 (canary sl04 2): golden row 1 of 20"));

        when().get("/v1/deployments/sl04").then().body("revision", equalTo(1)).body("slots", hasSize(1));
        when().get("/v1/models/sl04/versions/2").then().body("state", equalTo("refused"));
    }

    @Test
    void of_two_who_decide_on_the_same_revision_one_is_told_to_look_again() {
        versions("sl05", 2);
        promote("sl05", 1).statusCode(200);
        List<Wished> slots = List.of(slot("sl05", 1, "champion", 50), slot("sl05", 2, "canary", 50));

        given().header("If-Match", "\"1\"")
                .contentType(ContentType.JSON)
                .body(Map.of("slots", slots))
                .put("/v1/deployments/sl05")
                .then()
                .statusCode(200);
        given().header("If-Match", "\"1\"")
                .contentType(ContentType.JSON)
                .body(Map.of("slots", List.of(slot("sl05", 2, "champion", 100))))
                .put("/v1/deployments/sl05")
                .then()
                .statusCode(412)
                .contentType("application/problem+json")
                .body("detail", containsString("is at revision 2, and this was decided on revision 1"));
        given().header("If-Match", "seven")
                .delete("/v1/deployments/sl05")
                .then()
                .statusCode(400);
    }

    @Test
    void what_ran_before_runs_again_after_a_rollback() {
        versions("sl06", 2);
        promote("sl06", 1).statusCode(200);
        put("sl06", slot("sl06", 1, "champion", 80), slot("sl06", 2, "canary", 20));
        promote("sl06", 2).statusCode(200);

        rollBack("sl06", "").statusCode(200).body("revision", equalTo(4)).body("slots.share", contains(80, 20));
        when().get("/v1/models/sl06/versions/1").then().body("aliases", contains("champion"));
        rollBack("sl06", "{\"to\": 1, \"by\": \"me\", \"reason\": \"all is lost\"}")
                .statusCode(200)
                .body("slots.version", contains(1));

        when().get("/v1/deployments/sl06/history")
                .then()
                .body("revisions.change", contains("rolled_back", "rolled_back", "promoted", "put", "promoted"))
                .body("revisions[0].reason", equalTo("all is lost"))
                .body("revisions[0].evidence[0].package_digest", notNullValue());
        rollBack("sl06", "{\"to\": 17}").statusCode(404).body("detail", containsString("revision 17"));
        rollBack("nothing", "").statusCode(404);
    }

    @Test
    void an_endpoint_can_be_withdrawn_and_come_back() {
        versions("sl07", 1);
        promote("sl07", 1).statusCode(200);
        when().post("/v1/deployments/sl07/rollback")
                .then()
                .statusCode(404)
                .body("detail", containsString("Nothing ran at endpoint 'sl07' before revision 1"));

        when().delete("/v1/deployments/sl07?by=me&reason=over")
                .then()
                .statusCode(200)
                .body("slots", hasSize(0))
                .body("revision", equalTo(2));
        when().delete("/v1/deployments/sl07").then().statusCode(200).body("revision", equalTo(2));
        when().delete("/v1/deployments/sl07none").then().statusCode(404);

        assertThat(deployments("sl07", 2).get(1).withdrawn()).isTrue();
        when().get("/v1/deployments/sl07/history")
                .then()
                .body("revisions.change", contains("withdrawn", "promoted"))
                .body("revisions[0].by", equalTo("me"));
        promote("sl07", 1).statusCode(200).body("revision", equalTo(3));
        when().delete("/v1/deployments/sl07").then().statusCode(200);
        rollBack("sl07", "").statusCode(200).body("revision", equalTo(5)).body("slots.version", contains(1));
    }

    @Test
    void changes_at_the_same_time_come_one_after_the_other() throws Exception {
        versions("sl08", 4);
        List<Callable<Integer>> changes = IntStream.rangeClosed(1, 4)
                .<Callable<Integer>>mapToObj(version -> () -> put("sl08", slot("sl08", version, "champion", 100))
                        .extract()
                        .statusCode())
                .toList();
        try (ExecutorService clients = Executors.newFixedThreadPool(4)) {
            for (Future<Integer> change : clients.invokeAll(changes)) {
                assertThat(change.get()).isEqualTo(200);
            }
        }

        List<DeploymentChanged> told = deployments("sl08", 4);
        assertThat(told).extracting(DeploymentChanged::revision).containsExactly(1L, 2L, 3L, 4L);
        assertThat(told.getLast().champion().role()).isEqualTo(Role.CHAMPION);
        when().get("/v1/models/sl08/versions/" + told.getLast().champion().version())
                .then()
                .body("aliases", contains("champion"));
    }

    private static void versions(String model, int count) {
        UseCaseText.put(model);
        for (int version = 0; version < count; version++) {
            TinyModel.register(model);
        }
    }

    private static Wished slot(String model, int version, String role, int share) {
        return new Wished(model, version, role, share);
    }

    private static ValidatableResponse put(String endpoint, Wished... slots) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("slots", List.of(slots), "by", "test", "reason", "to see"))
                .put("/v1/deployments/" + endpoint)
                .then();
    }

    private static ValidatableResponse refused(String endpoint, Wished... slots) {
        return put(endpoint, slots).statusCode(400).contentType("application/problem+json");
    }

    private static ValidatableResponse rollBack(String endpoint, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/v1/deployments/%s/rollback".formatted(endpoint))
                .then();
    }
}
