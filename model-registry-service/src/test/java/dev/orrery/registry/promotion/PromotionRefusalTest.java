package dev.orrery.registry.promotion;

import static dev.orrery.registry.promotion.Promoting.alias;
import static dev.orrery.registry.promotion.Promoting.promote;
import static dev.orrery.registry.promotion.Promoting.versions;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.Profile;
import dev.orrery.contracts.event.ModelVersionChanged.State;
import dev.orrery.model.Golden;
import dev.orrery.model.Output;
import dev.orrery.model.PackageFiles;
import dev.orrery.registry.TinyModel;
import dev.orrery.registry.UseCaseText;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class PromotionRefusalTest {

    @ConfigProperty(name = "orrery.state")
    Path state;

    @Test
    void a_version_that_answers_otherwise_is_refused_and_what_serves_stays() {
        UseCaseText.put("pm03");
        TinyModel.register("pm03");
        promote("pm03", 1).statusCode(200);
        String golden = new String(TinyModel.file(PackageFiles.GOLDEN), StandardCharsets.UTF_8);
        register("pm03", PackageFiles.GOLDEN, golden.replace("0.7891817", "0.7892817"));

        promote("pm03", 2)
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("golden row 1 of 20: score is 0.7891817"));

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
        register("pm04", PackageFiles.MODEL, "no model");
        promote("pm04", 1)
                .statusCode(409)
                .body("detail", containsString("'model.onnx' cannot be used"))
                .body("detail", not(containsString(state.toString())));

        register("pm04", PackageFiles.GOLDEN, "{}");
        promote("pm04", 2).statusCode(409).body("detail", containsString("'golden.json' holds no golden rows"));

        Promoting.register("pm04", "s3://elsewhere/model");
        promote("pm04", 3).statusCode(409).body("detail", containsString("no 'model.onnx' in this registry"));

        Promoting.register("pm04", "mlflow-artifacts:/" + TinyModel.register("px04"));
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
    }

    @Test
    void a_package_that_proves_nothing_is_refused() {
        UseCaseText.put("pm10");
        Golden golden =
                Json.read(new String(TinyModel.file(PackageFiles.GOLDEN), StandardCharsets.UTF_8), Golden.class);
        register(
                "pm10",
                PackageFiles.GOLDEN,
                Json.text(new Golden(
                        golden.rows().subList(0, 1),
                        Map.of(Output.SCORE, golden.outputs().get(Output.SCORE).subList(0, 1)))));
        promote("pm10", 1).statusCode(409).body("detail", containsString("1 golden rows, and at least 10 are needed"));

        register("pm10", PackageFiles.PROFILE, "{}");
        promote("pm10", 2).statusCode(409).body("detail", containsString("'profile.json' is no profile"));

        Profile profile =
                Json.read(new String(TinyModel.file(PackageFiles.PROFILE), StandardCharsets.UTF_8), Profile.class);
        List<Profile.Bins> features = profile.features();
        register(
                "pm10",
                PackageFiles.PROFILE,
                Json.text(new Profile(features.subList(1, features.size()), profile.outputs())));
        promote("pm10", 3)
                .statusCode(409)
                .body(
                        "detail",
                        containsString("has no bins for input '%s'"
                                .formatted(features.getFirst().column())));

        register("pm10", PackageFiles.PROFILE, Json.text(new Profile(features, List.of())));
        promote("pm10", 4).statusCode(409).body("detail", containsString("has no bins for output 'score'"));
    }

    @Test
    void a_task_whose_outputs_are_anothers_or_that_is_not_known_is_refused_by_name() {
        UseCaseText.put("pm14");
        String card = new String(TinyModel.file(PackageFiles.CARD), StandardCharsets.UTF_8);
        for (String task : List.of("regression", "ranking")) {
            register("pm14", PackageFiles.CARD, card.replace("\"type\":\"binary\"", "\"type\":\"%s\"".formatted(task)));
        }

        promote("pm14", 1).statusCode(409).body("detail", containsString("a model of a number answers numbers"));
        promote("pm14", 2)
                .statusCode(409)
                .body("detail", containsString("task 'ranking' is not known here: it needs a newer version"));
    }

    @Test
    void a_file_that_changed_on_the_registrys_disk_is_refused_without_its_place() throws IOException {
        UseCaseText.put("pm11");
        TinyModel.register("pm11");
        String digest =
                when().get("/v1/models/pm11/versions/1/package").path("files.find { it.path == 'model.onnx' }.sha256");
        Path content =
                state.resolve("artifacts").resolve(digest.substring(0, 2)).resolve(digest);
        byte[] bytes = Files.readAllBytes(content);
        Files.write(content, "something else".getBytes(StandardCharsets.UTF_8));
        try {
            promote("pm11", 1)
                    .statusCode(409)
                    .body("detail", containsString("'model.onnx' is not what was uploaded"))
                    .body("detail", not(containsString(state.toString())));
        } finally {
            Files.write(content, bytes);
        }
    }

    @Test
    void the_champion_of_a_use_cases_model_is_examined_before_anything_serves() {
        UseCaseText.put("pm12");
        register("pm12", PackageFiles.MODEL, "no model");
        TinyModel.register("pm12");

        alias("pm12", 1)
                .statusCode(409)
                .body("error_code", equalTo("RESOURCE_CONFLICT"))
                .body("message", containsString("'model.onnx' cannot be used"));
        alias("pm12", 2).statusCode(200);

        when().get("/v1/models/pm12/versions/1")
                .then()
                .body("state", equalTo("refused"))
                .body("aliases", empty());
        when().get("/v1/models/pm12/versions/2")
                .then()
                .body("state", equalTo("blessed"))
                .body("aliases", contains("champion"));
        when().get("/v1/models/pm12/promotions").then().body("promotions.outcome", contains("blessed", "refused"));
        when().get("/v1/deployments/pm12").then().statusCode(404);
    }

    @Test
    void aliases_of_a_model_that_belongs_to_no_use_case_are_free() {
        register("pm13", PackageFiles.MODEL, "a model of somebody else's");

        alias("pm13", 1).statusCode(200);

        when().get("/v1/models/pm13/versions/1").then().body("aliases", contains("champion"));
    }

    private static void register(String model, String file, String content) {
        TinyModel.register(model, Map.of(file, content.getBytes(StandardCharsets.UTF_8)));
    }
}
