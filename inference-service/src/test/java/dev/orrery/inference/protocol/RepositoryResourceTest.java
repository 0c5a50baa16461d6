package dev.orrery.inference.protocol;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import dev.orrery.inference.Deployed;
import dev.orrery.inference.Shelf;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Which models there are, and what a client may ask of them.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class RepositoryResourceTest {

    @Test
    void the_index_tells_what_is_ready_and_why_the_rest_is_not() {
        Deployed.tiny("indexed", 1);
        Map<String, byte[]> broken = Shelf.tiny();
        broken.remove("golden.json");
        Topics.publish(Deployed.shelf().deployment("indexed-not", 1, broken));

        Awaitility.await()
                .untilAsserted(() -> given().post("/v2/repository/index")
                        .then()
                        .statusCode(200)
                        .body("find { it.name == 'indexed' }.state", equalTo("READY"))
                        .body("find { it.name == 'indexed' }.version", equalTo("1"))
                        .body("find { it.name == 'indexed-not' }.state", equalTo("UNAVAILABLE"))
                        .body("find { it.name == 'indexed-not' }.reason", containsString("golden.json")));
        given().contentType("application/json")
                .body("{\"ready\": true}")
                .post("/v2/repository/index")
                .then()
                .body("find { it.name == 'indexed-not' }", nullValue());
        given().post("/v2/repository/models/indexed-not/load")
                .then()
                .statusCode(409)
                .body("error", containsString("golden.json"));
    }

    @Test
    void a_loaded_model_is_loaded_and_stays_so() {
        Deployed.tiny("kept", 1);

        given().contentType("application/json")
                .body("{}")
                .post("/v2/repository/models/kept/load")
                .then()
                .statusCode(200);
        given().post("/v2/repository/models/kept/unload")
                .then()
                .statusCode(409)
                .body("error", containsString("DELETE /v1/deployments/kept"));
        given().post("/v2/repository/models/nowhere/load").then().statusCode(404);
        given().post("/v2/repository/models/nowhere/unload").then().statusCode(404);
        when().get("/v2/models/kept/ready").then().statusCode(200);
    }

    @Test
    void metadata_tells_extensions_engine_task_and_what_numbers_stand_for() {
        Deployed.tiny("described", 1);

        when().get("/v2").then().body("extensions", hasItems("binary_tensor_data", "model_repository"));
        when().get("/v2/models/described")
                .then()
                .body("parameters.task", equalTo("binary"))
                .body("parameters.engine", equalTo("compiled"))
                .body("inputs.find { it.name == 'tenure' }.parameters.form", equalTo("a whole number"));
    }
}
