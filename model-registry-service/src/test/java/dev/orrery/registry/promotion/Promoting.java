package dev.orrery.registry.promotion;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.ModelVersionChanged;
import dev.orrery.testing.Topics;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;

/// What the tests of promotions do, and where they look.
final class Promoting {

    private Promoting() {}

    static ValidatableResponse promote(String model, int version) {
        return when().post("/v1/models/%s/versions/%d/promotion".formatted(model, version))
                .then();
    }

    static ValidatableResponse alias(String model, int version) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("name", model, "alias", "champion", "version", String.valueOf(version)))
                .post("/api/2.0/mlflow/registered-models/alias")
                .then();
    }

    static void register(String model, String source) {
        given().contentType(ContentType.JSON)
                .body(Map.of("name", model, "source", source))
                .post("/api/2.0/mlflow/model-versions/create")
                .then()
                .statusCode(200);
    }

    static List<DeploymentChanged> deployments(String endpoint, int atLeast) {
        return Topics.await(
                Topic.DEPLOYMENTS,
                DeploymentChanged.class,
                changed -> changed.endpoint().equals(endpoint),
                atLeast);
    }

    static List<ModelVersionChanged> versions(String model, int atLeast) {
        return Topics.await(
                Topic.MODEL_VERSIONS,
                ModelVersionChanged.class,
                changed -> changed.model().equals(model),
                atLeast);
    }
}
