package dev.orrery.validation.dataset;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import dev.orrery.testing.Platform;
import dev.orrery.validation.Ships;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class VersionResourceTest {

    @Test
    void versions_are_listed_oldest_first_in_pages() {
        String dataset = Ships.dataset("listed");
        String first = Ships.published(dataset, 10);
        Ships.decided(first);
        String second = Ships.published(dataset, 20);
        Ships.decided(second);

        given().get("/v1/datasets/{dataset}/versions", dataset)
                .then()
                .statusCode(200)
                .body("versions", hasSize(2))
                .body("versions.version", equalTo(List.of(1, 2)))
                .body("versions[1].rows", equalTo(27))
                .body("versions[1].batches", equalTo(List.of(second)))
                .body("versions[1].metadata_uri", startsWith("file:/"))
                .body("next_page_token", nullValue());
        String next = given().get("/v1/datasets/{dataset}/versions?limit=1", dataset)
                .then()
                .body("versions", hasSize(1))
                .extract()
                .path("next_page_token");
        given().get("/v1/datasets/{dataset}/versions?limit=1&page_token={next}", dataset, next)
                .then()
                .body("versions[0].version", equalTo(2))
                .body("next_page_token", nullValue());
    }

    @Test
    void rows_are_given_with_their_types_in_the_files_order() {
        String dataset = Ships.dataset("typed");
        Ships.decided(Ships.published(dataset, 25));

        assertThat(Ships.rows(dataset, 1).getFirst())
                .isEqualTo(Map.of(
                        "ship",
                        "s-1",
                        "seen_at",
                        "2026-01-31T12:00:00Z",
                        "speed",
                        1.0f,
                        "crew",
                        1,
                        "flag",
                        "PA",
                        "late",
                        false));
        assertThat(Ships.rows(dataset, 1))
                .extracting(row -> (Integer) row.get("crew"))
                .isSorted();
        given().get("/v1/datasets/{dataset}/versions/1/rows?limit=3", dataset)
                .then()
                .body("rows", hasSize(3));
    }

    @Test
    void what_does_not_exist_is_named_with_the_way_out() {
        String dataset = Ships.dataset("unversioned");

        given().get("/v1/datasets/{dataset}/versions", dataset)
                .then()
                .statusCode(200)
                .body("versions", hasSize(0));
        given().get("/v1/datasets/{dataset}/versions/1", dataset)
                .then()
                .statusCode(404)
                .body("detail", containsString("has no version 1; GET /v1/datasets/" + dataset + "/versions"));
        given().get("/v1/datasets/{dataset}/versions/1/rows", dataset).then().statusCode(404);
        given().get("/v1/datasets/nobodys/versions").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({"/versions?limit=0", "/versions?limit=x", "/versions?page_token=x", "/versions/1/rows?limit=100001"})
    void a_question_that_makes_no_sense_is_refused_as_a_problem(String question) {
        String dataset = Ships.dataset("nonsense");

        given().get("/v1/datasets/" + dataset + question)
                .then()
                .statusCode(oneOf(400, 404))
                .contentType("application/problem+json");
    }

    @Test
    void metrics_and_health_tell_how_it_goes() {
        String dataset = Ships.dataset("measured");
        Ships.decided(Ships.published(dataset, 10));

        Ships.await()
                .untilAsserted(() -> assertThat(given().get("/q/metrics").asString())
                        .contains(
                                "orrery_validation_records_total{dataset=\"%s\",verdict=\"validated\"} 9.0"
                                        .formatted(dataset),
                                "orrery_validation_records_total{dataset=\"%s\",verdict=\"rejected\"} 1.0"
                                        .formatted(dataset),
                                "orrery_dataset_version{dataset=\"%s\"} 1.0".formatted(dataset),
                                "orrery_dataset_rows{dataset=\"%s\"} 9.0".formatted(dataset)));
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/health/live").then().statusCode(200);
    }
}
