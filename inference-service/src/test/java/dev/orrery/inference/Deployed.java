package dev.orrery.inference;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.testing.Topics;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import org.awaitility.Awaitility;

/// What tests of the running service say again and again.
public final class Deployed {

    private static final Shelf SHELF = new Shelf();

    static {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    private Deployed() {}

    /// One shelf for all tests; the process ends it.
    public static Shelf shelf() {
        return SHELF;
    }

    /// Deploys the tiny package, with this revision as its version, and waits until it serves.
    public static void tiny(String endpoint, long revision) {
        serve(SHELF.deployment(endpoint, revision, Shelf.tiny()));
    }

    /// Announces a deployment and waits until it serves.
    public static void serve(DeploymentChanged deployment) {
        Topics.publish(deployment);
        await().untilAsserted(() -> assertThat(revision(deployment.endpoint())).isEqualTo((int) deployment.revision()));
    }

    public static ValidatableResponse predict(String endpoint, String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/v1/endpoints/{endpoint}/predictions", endpoint)
                .then();
    }

    public static ValidatableResponse infer(String model, String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/v2/models/{model}/infer", model)
                .then();
    }

    /// The revision that serves; 0 where none does, -1 where the endpoint is unknown.
    private static int revision(String endpoint) {
        var response = when().get("/v1/endpoints/{endpoint}", endpoint);
        return response.statusCode() == 200 ? response.path("revision") : -1;
    }
}
