package dev.orrery.registry.promotion;

import static dev.orrery.registry.promotion.Promoting.promote;
import static dev.orrery.registry.promotion.Promoting.register;
import static dev.orrery.registry.promotion.Promoting.versions;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.orrery.contracts.event.ModelVersionChanged.State;
import dev.orrery.model.PackageFiles;
import dev.orrery.registry.TinyModel;
import dev.orrery.registry.UseCaseText;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class PromotionRefusalTest {

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
}
