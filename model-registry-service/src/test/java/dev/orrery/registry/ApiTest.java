package dev.orrery.registry;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class ApiTest {

    @TestHTTPResource("/")
    URI root;

    @Test
    void every_operation_and_parameter_is_described_with_its_errors_and_schemas_have_names_that_mean_something()
            throws JsonProcessingException {
        JsonNode api = Json.MAPPER.readTree(
                given().accept("application/json").get("/q/openapi").asString());

        api.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> operation.getValue().has("responses"))
                        .forEach(operation -> {
                            assertThat(operation.getValue().path("summary").asText())
                                    .as("%s %s", operation.getKey(), path.getKey())
                                    .isNotEmpty();
                            assertThat(operation.getValue().path("responses").has("default"))
                                    .as(path.getKey())
                                    .isTrue();
                            operation
                                    .getValue()
                                    .path("parameters")
                                    .forEach(parameter -> assertThat(parameter
                                                    .path("description")
                                                    .asText())
                                            .as("%s of %s", parameter.path("name"), path.getKey())
                                            .isNotEmpty());
                        }));
        api.path("components")
                .path("schemas")
                .fieldNames()
                .forEachRemaining(name -> assertThat(name)
                        .doesNotMatch(".*\\d$")
                        .isNotIn("View", "Listing", "Page", "One", "Found", "Fields"));
    }

    @Test
    void every_metric_of_ours_says_what_it_is() {
        UseCaseText.put("ap01");
        TinyModel.register("ap01");
        when().post("/v1/models/ap01/versions/1/promotion").then().statusCode(200);

        assertThat(when().get("/q/metrics").asString().lines())
                .filteredOn(line -> line.startsWith("# HELP orrery_"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.split(" ", 4)[3]).isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /api/2.0/mlflow-artifacts/artifacts/ap02/../ap03",
                "PUT /api/2.0/mlflow-artifacts/artifacts/../../../etc/passwd",
                "GET /v1/use-cases/../use-cases",
                "GET /v1/use-cases/%2e%2e/use-cases",
                "GET /v1/use-cases/./ap01",
            })
    void a_path_that_climbs_is_refused_before_anybody_resolves_it(String line) throws IOException {
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            socket.getOutputStream()
                    .write((line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + "Content-Type: text/plain\r\nContent-Length: 1\r\n\r\nx")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(answer).startsWith("HTTP/1.1 400 ");
        }
    }
}
