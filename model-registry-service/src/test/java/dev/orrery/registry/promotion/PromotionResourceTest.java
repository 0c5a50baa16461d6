package dev.orrery.registry.promotion;

import static dev.orrery.registry.promotion.Promoting.alias;
import static dev.orrery.registry.promotion.Promoting.deployments;
import static dev.orrery.registry.promotion.Promoting.promote;
import static dev.orrery.registry.promotion.Promoting.register;
import static dev.orrery.registry.promotion.Promoting.versions;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.ModelVersionChanged;
import dev.orrery.contracts.event.ModelVersionChanged.State;
import dev.orrery.contracts.event.Role;
import dev.orrery.model.PackageFiles;
import dev.orrery.registry.TinyModel;
import dev.orrery.registry.UseCaseText;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class PromotionResourceTest {

    @Test
    void a_proven_version_serves_alone_and_everybody_is_told() {
        UseCaseText.put("pm01");
        TinyModel.register("pm01");

        promote("pm01", 1)
                .statusCode(200)
                .body("endpoint", equalTo("pm01"))
                .body("revision", equalTo(1))
                .body("version", equalTo(1))
                .body("share", equalTo(100));

        DeploymentChanged deployment = deployments("pm01", 1).getFirst();
        assertThat(deployment.useCase()).isEqualTo("pm01");
        assertThat(versions("pm01", 2)).extracting(ModelVersionChanged::useCase).containsOnly("pm01");
        assertThat(deployment.slots()).singleElement().satisfies(slot -> {
            assertThat(slot.role()).isEqualTo(Role.CHAMPION);
            assertThat(slot.share()).isEqualTo(100);
            assertThat(slot.packageUri()).endsWith("/v1/models/pm01/versions/1/package");
            assertThat(slot.files()).containsOnlyKeys(PackageFiles.ALL);
        });
        List<ModelVersionChanged> versions = versions("pm01", 2);
        assertThat(versions).extracting(ModelVersionChanged::revision).containsExactly(1L, 2L);
        assertThat(versions.getLast().state()).isEqualTo(State.BLESSED);
        assertThat(versions.getLast().aliases()).containsExactly("champion");
        when().get("/v1/deployments/pm01").then().body("slots[0].version", equalTo(1));
        when().get("/v1/models/pm01/versions/1").then().body("state", equalTo("blessed"));
    }

    @Test
    void the_files_behind_a_package_address_are_those_that_were_announced() {
        UseCaseText.put("pm02");
        String folder = TinyModel.register("pm02");
        promote("pm02", 1).statusCode(200);
        Map<String, String> announced =
                deployments("pm02", 1).getFirst().slots().getFirst().files();

        TinyModel.tryPut(folder, PackageFiles.MODEL, "something else")
                .statusCode(409)
                .body("error_code", equalTo("RESOURCE_CONFLICT"))
                .body("message", containsString("belongs to version 1 of model 'pm02'"));
        TinyModel.tryPut(folder, "another", "file").statusCode(409);
        TinyModel.put(folder, PackageFiles.PROFILE, TinyModel.file(PackageFiles.PROFILE));
        for (String path : List.of(folder, folder + "/" + PackageFiles.MODEL)) {
            when().delete("/api/2.0/mlflow-artifacts/artifacts/" + path)
                    .then()
                    .statusCode(409)
                    .body("message", containsString("files of version 1 of model 'pm02'"));
        }

        List<String> listed = when().get("/v1/models/pm02/versions/1/package").path("files.sha256");
        assertThat(listed).containsExactlyInAnyOrderElementsOf(announced.values());
        when().get("/v1/models/pm02/versions/1/package/" + PackageFiles.MODEL)
                .then()
                .statusCode(200)
                .header("ETag", '"' + announced.get(PackageFiles.MODEL) + '"');
        when().get("/v1/models/pm02/versions/1/package/absent").then().statusCode(404);
    }

    @Test
    void promoting_what_serves_already_changes_nothing_and_is_told_again() {
        UseCaseText.put("pm06");
        TinyModel.register("pm06");
        promote("pm06", 1).statusCode(200);

        promote("pm06", 1).statusCode(200).body("revision", equalTo(1));

        when().get("/v1/models/pm06/promotions").then().body("promotions", hasSize(1));
        assertThat(deployments("pm06", 2))
                .extracting(DeploymentChanged::revision)
                .containsExactly(1L, 1L);
    }

    @Test
    void a_body_that_is_no_json_is_a_problem() {
        given().contentType(ContentType.JSON)
                .body("by me")
                .post("/v1/models/none/versions/1/promotion")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void each_promotion_is_on_record_with_its_evidence_and_the_loser_is_announced() {
        UseCaseText.put("pm07");
        TinyModel.register("pm07");
        TinyModel.register("pm07");
        promote("pm07", 1).statusCode(200);

        given().contentType(ContentType.JSON)
                .body(Map.of("by", "ada", "reason", "better on the holdout"))
                .post("/v1/models/pm07/versions/2/promotion")
                .then()
                .statusCode(200)
                .body("revision", equalTo(2));

        when().get("/v1/models/pm07/promotions?limit=1")
                .then()
                .body("promotions[0].by", equalTo("ada"))
                .body("promotions[0].reason", equalTo("better on the holdout"))
                .body("promotions[0].from_version", equalTo(1))
                .body("promotions[0].to_version", equalTo(2))
                .body("promotions[0].deployment_revision", equalTo(2))
                .body("promotions[0].evidence.golden_rows", equalTo(20))
                .body("promotions[0].evidence.golden_worst_difference", lessThan(1e-5f))
                .body("promotions[0].evidence.package_digest.length()", equalTo(64));
        List<ModelVersionChanged> changes = versions("pm07", 5);
        ModelVersionChanged loser = changes.stream()
                .filter(change -> change.version() == 1)
                .reduce((earlier, later) -> later)
                .orElseThrow();
        assertThat(loser.revision()).isEqualTo(3);
        assertThat(loser.aliases()).isEmpty();
        assertThat(loser.state()).isEqualTo(State.BLESSED);
    }

    @Test
    void concurrent_promotions_come_one_after_the_other_and_end_in_one_state() {
        int count = 6;
        UseCaseText.put("pm08");
        IntStream.range(0, count).forEach(i -> TinyModel.register("pm08"));

        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            for (int round = 0; round < 2; round++) {
                IntStream.rangeClosed(1, count).forEach(version -> threads.submit(() -> promote("pm08", version)));
            }
        }

        int revision = when().get("/v1/deployments/pm08").path("revision");
        int serving = when().get("/v1/deployments/pm08").path("slots[0].version");
        // What serves already is told again, so there are more events than revisions: the last one is waited for.
        Topics.await(
                Topic.DEPLOYMENTS,
                DeploymentChanged.class,
                change -> change.endpoint().equals("pm08") && change.revision() == revision,
                1);
        assertThat(deployments("pm08", revision).stream()
                        .map(DeploymentChanged::revision)
                        .distinct())
                .containsExactly(LongStream.rangeClosed(1, revision).boxed().toArray(Long[]::new));
        when().get("/v1/models").then().body("models.find { it.name == 'pm08' }.aliases.champion", equalTo(serving));
        List<Integer> from = when().get("/v1/models/pm08/promotions").path("promotions.from_version");
        List<Integer> to = when().get("/v1/models/pm08/promotions").path("promotions.to_version");
        assertThat(from.subList(0, revision - 1)).isEqualTo(to.subList(1, revision));
        assertThat(to.getFirst()).isEqualTo(serving);
    }

    @Test
    void the_champion_of_a_bound_model_moves_by_promotion_whichever_api_is_used() {
        UseCaseText.put("pm09");
        TinyModel.register("pm09");
        TinyModel.register("pm09");
        promote("pm09", 1).statusCode(200);

        alias("pm09", 2).statusCode(200);
        when().get("/v1/deployments/pm09").then().body("revision", equalTo(2)).body("slots[0].version", equalTo(2));
        when().get("/v1/models/pm09/promotions").then().body("promotions[0].by", equalTo("MLflow client"));

        register("pm09", "s3://elsewhere");
        alias("pm09", 3).statusCode(409).body("error_code", equalTo("RESOURCE_CONFLICT"));
        given().contentType(ContentType.JSON)
                .body(Map.of("name", "pm09", "alias", "champion"))
                .delete("/api/2.0/mlflow/registered-models/alias")
                .then()
                .statusCode(409)
                .body("message", containsString("promote another version"));
        when().get("/v1/models/pm09/versions/2").then().body("aliases", contains("champion"));
    }
}
