package dev.orrery.inference.endpoint;

import static dev.orrery.inference.Deployed.predict;
import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.inference.Shelf;
import dev.orrery.testing.Platform;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The service on a machine where nobody else is: no broker whose name would even resolve, no registry, no database.
@QuarkusTest
@TestProfile(AloneTest.Alone.class)
class AloneTest {

    /// Starts with what an earlier life left on disk.
    public static class Alone implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            try (Shelf shelf = new Shelf()) {
                Path state = Files.createTempDirectory("orrery-test-");
                DeploymentStore store = new DeploymentStore(state.resolve("models"));
                DeploymentChanged deployment = shelf.deployment("alone", 3, Shelf.tiny());
                for (byte[] file : Shelf.tiny().values()) {
                    Path draft = store.draft();
                    Files.write(draft, file);
                    store.add(Shelf.sha256(file), draft);
                }
                store.keep(deployment);
                return Map.of(
                        "kafka.bootstrap.servers",
                        "nobody.invalid:9092",
                        "orrery.subject-key",
                        Platform.SUBJECT_KEY,
                        "orrery.state",
                        state.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @Test
    void it_starts_is_ready_and_answers_and_what_it_said_waits_on_disk() {
        await().untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
        when().get("/v2/health/ready").then().statusCode(200);
        when().get("/v2/models/alone/ready").then().statusCode(200);

        predict("alone", "[{\"tenure\": 12, \"contract\": \"one-year\"}, {\"tenure\": 1}]")
                .statusCode(200)
                .body("version", is(3))
                .body("predictions[0].decision", is(false));

        await().untilAsserted(() -> when().get("/q/metrics")
                .then()
                .body(containsString("orrery_prediction_log_pending 2.0"))
                .body(containsString("orrery_prediction_log_dropped_total 0.0")));
        when().get("/q/health/ready").then().statusCode(200);
    }
}
