package dev.orrery.validation.schema;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.orrery.contracts.Json;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.SchemaActivated;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.contracts.schema.Range;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import dev.orrery.validation.Ships;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class SchemaResourceTest {

    @Test
    void schemas_are_numbered_and_each_is_announced_once() {
        String dataset = Ships.dataset("numbered");
        put(dataset, Ships.schema()).statusCode(200).body("version", equalTo(1));
        put(dataset, Ships.schema(Ships.column("draught"))).statusCode(200).body("version", equalTo(2));

        assertThat(announced(dataset, 2)).extracting(SchemaActivated::version).containsExactly(1, 2);
        assertThat(announced(dataset, 2))
                .extracting(SchemaActivated::useCaseRevision)
                .containsOnlyNulls();
        given().get("/v1/datasets/{dataset}/schema", dataset)
                .then()
                .body("version", equalTo(2))
                .body("schema.columns", hasSize(8))
                .body("schema.missing", equalTo(List.of("", "NA")))
                .body("use_case_revision", nullValue());
    }

    @Test
    void a_use_case_brings_its_datasets_schema() {
        String dataset = "brought-" + Ships.batch().substring(0, 8);

        Topics.publish(Ships.revised(dataset, 4, Ships.schema()));

        assertThat(announced(dataset, 1).getFirst().schema()).isEqualTo(Ships.schema());
        assertThat(announced(dataset, 1).getFirst().useCaseRevision()).isEqualTo(4);
        given().get("/v1/datasets/{dataset}/schema", dataset).then().body("use_case_revision", equalTo(4));
    }

    @Test
    void a_revision_that_is_not_newer_changes_nothing() {
        String dataset = "older-" + Ships.batch().substring(0, 8);
        Topics.publish(Ships.revised(dataset, 2, Ships.schema()));
        Topics.publish(Ships.revised(dataset, 2, Ships.schema(Ships.column("late-comer"))));
        Topics.publish(Ships.revised(dataset, 1, Ships.schema(Ships.column("latecomer"))));
        Topics.publish(Ships.revised(dataset, 3, Ships.schema(Ships.column("draught"))));

        Ships.awaitSchema(dataset, 2);
        assertThat(announced(dataset, 2))
                .extracting(activated -> activated.schema().columns().size())
                .containsExactly(7, 8);
    }

    @Test
    void a_dataset_with_rows_can_gain_columns_and_loosen_rules_but_lose_or_retype_nothing() {
        String dataset = Ships.dataset("kept");
        Ships.decided(Ships.published(dataset, 10));

        put(dataset, changed("crew", ColumnType.DATE))
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("column 'crew' changes from integer to date"));
        put(dataset, without("crew")).statusCode(409).body("detail", containsString("column 'crew' is gone"));
        put(dataset, changed("flag", ColumnType.TEXT)).statusCode(200).body("version", equalTo(2));
    }

    @Test
    void a_use_case_whose_schema_cannot_follow_leaves_the_active_one_and_says_why() {
        String dataset = Ships.dataset("refused");
        Ships.decided(Ships.published(dataset, 10));

        Topics.publish(Ships.revised(dataset, 1, without("crew")));

        Ships.await()
                .untilAsserted(() -> assertThat(given().get("/v1/datasets/{dataset}/schema", dataset)
                                .jsonPath()
                                .getString("refusal"))
                        .contains("column 'crew' is gone"));
        given().get("/v1/datasets/{dataset}/schema", dataset).then().body("version", equalTo(1));
        Topics.publish(Ships.revised(dataset, 2, Ships.schema(Ships.column("draught"))));
        Ships.awaitSchema(dataset, 2);
        given().get("/v1/datasets/{dataset}/schema", dataset).then().body("refusal", nullValue());
    }

    @Test
    void two_use_cases_may_describe_one_dataset_each_with_its_own_revisions() {
        String dataset = Ships.dataset("shared");
        DatasetSchema named = new DatasetSchema(
                dataset,
                "ship",
                "seen_at",
                "late",
                List.of("ship"),
                List.of("", "NA"),
                Ships.schema().columns());
        Topics.publish(Ships.revised(dataset + "-one", 7, named));
        Ships.await()
                .untilAsserted(() -> given().get("/v1/datasets/{dataset}/schema", dataset)
                        .then()
                        .body("use_cases.use_case", equalTo(List.of(dataset + "-one"))));

        DatasetSchema wider = new DatasetSchema(
                dataset,
                "ship",
                "seen_at",
                "late",
                List.of("ship"),
                List.of("", "NA"),
                Ships.schema(Ships.column("draught")).columns());
        Topics.publish(Ships.revised(dataset + "-other", 1, wider));

        Ships.awaitSchema(dataset, 2);
        given().get("/v1/datasets/{dataset}/schema", dataset)
                .then()
                .body("use_cases.use_case", equalTo(List.of(dataset + "-other", dataset + "-one")))
                .body("use_cases.revision", equalTo(List.of(1, 7)))
                .body("schema.name", nullValue());
        assertThat(announced(dataset, 2))
                .allSatisfy(event -> assertThat(event.schema().name()).isNull());
    }

    @Test
    void until_a_row_is_judged_a_schema_may_change_in_any_way() {
        String dataset = Ships.dataset("fresh");

        put(dataset, without("crew")).statusCode(200).body("version", equalTo(2));
    }

    @Test
    void a_schema_that_cannot_work_is_refused_with_every_fault() {
        put(
                        "faulty",
                        Ships.schema(
                                new Column("_row", ColumnType.NUMBER, null, null, null),
                                new Column("depth", ColumnType.NUMBER, null, null, new Range("deep", null))))
                .statusCode(400)
                .body("errors.field", equalTo(List.of("/columns/7/name", "/columns/8/range")))
                .body("errors[1].message", containsString("'deep' is not a number"));
        given().get("/v1/datasets/faulty/schema").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                          | empty",
                "null                                                        | empty",
                "[]                                                          | cannot be read",
                "{                                                           | cannot be read",
                "{\"key\":\"a\"}                                             | key names column 'a'",
                "{\"key\":\"a\",\"label\":\"a\",\"columns\":[{\"name\":\"a\",\"type\":\"number\"}]} | cannot be used",
                "{\"key\":\"a\",\"label\":\"a\",\"columns\":[{\"name\":\"a\",\"type\":\"numbr\"}]}  | numbr"
            })
    void a_body_that_is_no_schema_is_refused_by_name(String body, String why) {
        given().contentType(ContentType.JSON)
                .body(body)
                .put("/v1/datasets/nonsense/schema")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(why));
    }

    @ParameterizedTest
    @CsvSource({"Upper", "with_underscore", "%00", "a%20b", "-a"})
    void a_name_that_is_no_datasets_is_refused(String name) {
        given().urlEncodingEnabled(false)
                .contentType(ContentType.JSON)
                .body(Json.text(Ships.schema()))
                .put("/v1/datasets/" + name + "/schema")
                .then()
                .statusCode(400);
        given().urlEncodingEnabled(false)
                .get("/v1/datasets/" + name + "/schema")
                .then()
                .statusCode(404);
    }

    @Test
    void an_unknown_dataset_is_said_to_be_one_with_the_way_out() {
        given().get("/v1/datasets/nobodys/schema")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("Nobody has described dataset 'nobodys'"));
    }

    private static ValidatableResponse put(String dataset, DatasetSchema schema) {
        return given().contentType(ContentType.JSON)
                .body(Json.text(schema))
                .put("/v1/datasets/{dataset}/schema", dataset)
                .then();
    }

    private static List<SchemaActivated> announced(String dataset, int times) {
        return Topics.await(
                Topic.SCHEMAS,
                SchemaActivated.class,
                activated -> activated.dataset().equals(dataset),
                times);
    }

    private static DatasetSchema changed(String column, ColumnType type) {
        return replaced(Ships.schema().columns().stream()
                .map(old -> old.name().equals(column) ? new Column(column, type, old.presence(), null, null) : old)
                .toList());
    }

    private static DatasetSchema without(String column) {
        return replaced(Ships.schema().columns().stream()
                .filter(old -> !old.name().equals(column))
                .toList());
    }

    private static DatasetSchema replaced(List<Column> columns) {
        DatasetSchema schema = Ships.schema();
        return new DatasetSchema(
                schema.key(), schema.eventTime(), schema.label(), schema.personal(), schema.missing(), columns);
    }
}
