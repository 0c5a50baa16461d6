package dev.orrery.ingest.batch;

import static dev.orrery.ingest.Sender.accepted;
import static dev.orrery.ingest.Sender.dataset;
import static dev.orrery.ingest.Sender.published;
import static dev.orrery.ingest.Sender.rows;
import static dev.orrery.ingest.Sender.send;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.orrery.contracts.Json;
import dev.orrery.ingest.PublishedRow;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class ServiceResourceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "comma_in_quotes",
                "empty",
                "empty_crlf",
                "escaped_quotes",
                "json",
                "newlines",
                "newlines_crlf",
                "quotes_and_newlines",
                "simple",
                "simple_crlf",
                "utf8"
            })
    void every_file_of_csv_spectrum_arrives_as_its_json_says(String name) throws IOException {
        Path spectrum = Path.of(System.getProperty("orrery.shared-data"), "csv-spectrum");
        assumeThat(spectrum).exists();
        byte[] file = Files.readAllBytes(spectrum.resolve("csvs").resolve(name + ".csv"));
        List<Map<String, Object>> expected = Json.MAPPER.readValue(
                spectrum.resolve("json").resolve(name + ".json").toFile(), new TypeReference<>() {});
        String dataset = dataset(
                "spectrum-" + name.replace('_', '-'),
                new String(file, StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElseThrow()
                        .split(","));

        String batch = send(dataset, file).then().statusCode(202).extract().path("id");
        published(batch);

        assertThat(rows(batch)).extracting(PublishedRow::values).isEqualTo(expected);
    }

    @Test
    void files_that_come_in_at_the_same_time_stay_apart() {
        dataset("both-a", "id", "left");
        dataset("both-b", "id", "left");

        var a = CompletableFuture.supplyAsync(() -> accepted("both-a", numbered("a", 15_000)));
        var b = CompletableFuture.supplyAsync(() -> accepted("both-b", numbered("b", 15_000)));
        published(a.join());
        published(b.join());

        assertThat(rows(a.join()))
                .hasSize(15_000)
                .allMatch(row ->
                        row.header().dataset().equals("both-a") && row.entity().equals("a" + row.number()));
        assertThat(rows(b.join()))
                .hasSize(15_000)
                .allMatch(row ->
                        row.header().dataset().equals("both-b") && row.entity().equals("b" + row.number()));
    }

    @Test
    void what_came_in_is_counted() {
        dataset("counted", "id", "left");
        double refusedBefore = metric("orrery_ingest_batches_total", "counted", "outcome=\"refused\"");

        published(accepted("counted", numbered("a", 7)));
        send("counted", "id,left\na\n").then().statusCode(400);
        send("never-heard-of", "id,left\na,true\n").then().statusCode(404);

        await().untilAsserted(() -> {
            assertThat(metric("orrery_ingest_rows_total", "counted", "")).isEqualTo(7);
            assertThat(metric("orrery_ingest_batches_total", "counted", "outcome=\"published\""))
                    .isEqualTo(1);
            assertThat(metric("orrery_ingest_batches_total", "counted", "outcome=\"refused\""))
                    .isEqualTo(refusedBefore + 1);
        });
        given().get("/q/metrics").then().body(org.hamcrest.Matchers.not(containsString("never-heard-of")));
    }

    @Test
    void the_service_is_healthy_and_described() {
        given().get("/q/health/ready").then().statusCode(200).body("checks.name", hasItem("Folder for landed files"));
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/started").then().statusCode(200);
        given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("info.title", equalTo("Orrery: data ingest service"))
                .body("paths.'/v1/datasets/{dataset}/batches'.post.requestBody.content.keySet()", hasItem("text/csv"))
                .body("components.schemas.Batch.properties.keySet()", hasItem("published_rows"));
        given().get("/q/swagger-ui/").then().statusCode(200);
    }

    private static String numbered(String prefix, int rows) {
        return IntStream.rangeClosed(1, rows)
                .mapToObj(i -> prefix + i + ",true\n")
                .collect(Collectors.joining("", "id,left\n", ""));
    }

    private static double metric(String name, String dataset, String label) {
        return given().get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + "{")
                        && line.contains("dataset=\"" + dataset + "\"")
                        && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(0);
    }
}
