package dev.orrery.registry.promotion;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
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
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
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

        TinyModel.put(folder, PackageFiles.MODEL, "something else".getBytes(StandardCharsets.UTF_8));
        when().delete("/api/2.0/mlflow-artifacts/artifacts/" + folder).then().statusCode(200);

        List<String> listed = when().get("/v1/models/pm02/versions/1/package").path("files.sha256");
        assertThat(listed).containsExactlyInAnyOrderElementsOf(announced.values());
        when().get("/v1/models/pm02/versions/1/package/" + PackageFiles.MODEL)
                .then()
                .statusCode(200)
                .header("ETag", '"' + announced.get(PackageFiles.MODEL) + '"');
        when().get("/v1/models/pm02/versions/1/package/absent").then().statusCode(404);
    }

    @Test
    void a_version_that_answers_otherwise_is_refused_and_what_serves_stays() {
        UseCaseText.put("pm03");
        TinyModel.register("pm03");
        promote("pm03", 1).statusCode(200);
        String folder = TinyModel.register("pm03");
        String golden = new String(TinyModel.file(PackageFiles.GOLDEN), StandardCharsets.UTF_8);
        TinyModel.put(
                folder,
                PackageFiles.GOLDEN,
                golden.replace("0.7891817", "0.7892817").getBytes());

        promote("pm03", 2)
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("golden row 1 of 20 scores 0.7891817"));

        when().get("/v1/models/pm03/versions/2")
                .then()
                .body("state", equalTo("refused"))
                .body("state_reason", containsString("golden row 1"))
                .body("aliases", empty());
        when().get("/v1/deployments/pm03").then().body("revision", equalTo(1)).body("slots[0].version", equalTo(1));
        when().get("/v1/models/pm03/promotions")
                .then()
                .body("promotions.outcome", contains("refused", "promoted"))
                .body("promotions[0].evidence.refusal", containsString("golden row 1"));
        assertThat(versions("pm03", 4).getLast().state()).isEqualTo(State.REFUSED);
    }

    @Test
    void a_version_that_cannot_be_loaded_is_refused_with_the_reason() {
        UseCaseText.put("pm04");
        String folder = TinyModel.register("pm04");
        TinyModel.put(folder, PackageFiles.MODEL, "no model".getBytes(StandardCharsets.UTF_8));
        promote("pm04", 1).statusCode(409).body("detail", containsString("'model.onnx' cannot be used"));

        TinyModel.put(TinyModel.register("pm04"), PackageFiles.GOLDEN, "{}".getBytes(StandardCharsets.UTF_8));
        promote("pm04", 2).statusCode(409).body("detail", containsString("'golden.json' holds no golden rows"));

        register("pm04", "s3://elsewhere/model");
        promote("pm04", 3).statusCode(409).body("detail", containsString("no 'model.onnx' in this registry"));

        register("pm04", "mlflow-artifacts:/" + TinyModel.register("px04"));
        promote("pm04", 4).statusCode(409).body("detail", containsString("trained for use case 'px04'"));
        when().get("/v1/deployments/pm04").then().statusCode(404);
    }

    @Test
    void what_stands_in_the_way_is_told_with_the_way_out() {
        TinyModel.register("pm05");

        promote("pm05", 1).statusCode(409).body("detail", containsString("PUT /v1/use-cases/pm05 first"));
        promote("pm05", 7).statusCode(404).body("detail", containsString("version=7"));
        promote("none", 1).statusCode(404);

        UseCaseText.put("pm05");
        promote("pm05", 1).statusCode(200);
        UseCaseText.put("pm5b");
        TinyModel.register("pm5b");
        UseCaseText.put("pm5b", UseCaseText.of("pm5b").replace("endpoint: pm5b", "endpoint: pm05"));
        promote("pm5b", 1).statusCode(409).body("detail", containsString("Endpoint 'pm05' serves use case 'pm05'"));
    }

    @Test
    void promoting_what_serves_already_changes_nothing() {
        UseCaseText.put("pm06");
        TinyModel.register("pm06");
        promote("pm06", 1).statusCode(200);

        promote("pm06", 1).statusCode(200).body("revision", equalTo(1));

        when().get("/v1/models/pm06/promotions").then().body("promotions", hasSize(1));
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
        assertThat(deployments("pm08", revision))
                .extracting(DeploymentChanged::revision)
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
        alias("pm09", 2).statusCode(200);
        when().get("/v1/deployments/pm09").then().statusCode(404);
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

    private static ValidatableResponse promote(String model, int version) {
        return given().contentType(ContentType.JSON)
                .post("/v1/models/%s/versions/%d/promotion".formatted(model, version))
                .then();
    }

    private static ValidatableResponse alias(String model, int version) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("name", model, "alias", "champion", "version", String.valueOf(version)))
                .post("/api/2.0/mlflow/registered-models/alias")
                .then();
    }

    private static void register(String model, String source) {
        given().contentType(ContentType.JSON)
                .body(Map.of("name", model, "source", source))
                .post("/api/2.0/mlflow/model-versions/create")
                .then()
                .statusCode(200);
    }

    private static List<DeploymentChanged> deployments(String endpoint, int atLeast) {
        return Topics.await(
                Topic.DEPLOYMENTS,
                DeploymentChanged.class,
                changed -> changed.endpoint().equals(endpoint),
                atLeast);
    }

    private static List<ModelVersionChanged> versions(String model, int atLeast) {
        return Topics.await(
                Topic.MODEL_VERSIONS,
                ModelVersionChanged.class,
                changed -> changed.model().equals(model),
                atLeast);
    }
}
