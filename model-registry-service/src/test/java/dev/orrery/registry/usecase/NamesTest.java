package dev.orrery.registry.usecase;

import static dev.orrery.registry.UseCaseText.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.orrery.contracts.event.BatchMoved;
import dev.orrery.contracts.event.SchemaActivated;
import dev.orrery.registry.TinyModel;
import dev.orrery.registry.UseCaseText;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class NamesTest {

    private static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void a_model_and_an_endpoint_belong_to_one_use_case() {
        put("nm-first", file("nm-first", "nm-data-1", "nm-model-1", "nm-door-1"))
                .statusCode(200);

        put("nm-second", file("nm-second", "nm-data-2", "nm-model-1", "nm-door-1"))
                .statusCode(400)
                .body("detail", equalTo("The use-case file has 2 mistakes."))
                .body("errors.field", contains("line 25", "line 32"))
                .body("errors[0].message", containsString("model 'nm-model-1' belongs to use case 'nm-first'"))
                .body("errors[1].message", containsString("endpoint 'nm-door-1' belongs to use case 'nm-first'"));
        put("nm-second", file("nm-second", "nm-data-2", "nm-model-2", "nm-door-2"))
                .statusCode(200);
        RestAssured.when()
                .get("/v1/use-cases")
                .then()
                .body("use_cases.find { it.name == 'nm-second' }.endpoint", equalTo("nm-door-2"));
    }

    @Test
    void a_name_that_was_never_used_is_free_again() {
        put("nm-mover", file("nm-mover", "nm-data-3", "nm-model-3", "nm-door-3"))
                .statusCode(200);
        put("nm-mover", file("nm-mover", "nm-data-3", "nm-model-4", "nm-door-4"))
                .statusCode(200);

        put("nm-taker", file("nm-taker", "nm-data-4", "nm-model-3", "nm-door-3"))
                .statusCode(200);
    }

    @Test
    void a_dataset_may_be_shared_by_use_cases_that_describe_it_alike() {
        put("nm-teller", file("nm-teller", "nm-shared", "nm-model-5", "nm-door-5"))
                .statusCode(200);
        String other = file("nm-other", "nm-shared", "nm-model-6", "nm-door-6");

        put("nm-other", other.replace("range: [0, 120]", "range: [0, 99]").replace("[\"\", NA]", "[NA]"))
                .statusCode(400)
                .body("errors.field", contains("line 11", "line 14"))
                .body("errors[0].message", containsString("use case 'nm-teller' described this dataset first"))
                .body("errors[1].message", containsString("column 'tenure' is not described so there"));
        put("nm-other", other).statusCode(200);
        // Whoever described it first may change it; the others are asked to follow when they are next put.
        String changed =
                file("nm-teller", "nm-shared", "nm-model-5", "nm-door-5").replace("[0, 120]", "[0, 99]");
        put("nm-teller", changed).statusCode(200);
        put("nm-other", other).statusCode(400).body("errors.field", contains("line 14"));
        put("nm-other", other.replace("[0, 120]", "[0, 99]")).statusCode(200);
    }

    @Test
    void use_cases_that_share_a_dataset_may_predict_different_things() {
        String columns = "- { name: left, type: boolean }\n    - { name: upsold, type: boolean }";
        String first = file("nm-leavers", "nm-both", "nm-model-7", "nm-door-7")
                .replace("- { name: left, type: boolean }", columns);
        put("nm-leavers", first).statusCode(200);

        put(
                        "nm-upsell",
                        first.replace("nm-leavers", "nm-upsell")
                                .replace("label: left", "label: upsold")
                                .replace("nm-model-7", "nm-model-8")
                                .replace("nm-door-7", "nm-door-8"))
                .statusCode(200);
    }

    @Test
    void a_schema_that_kept_rows_would_not_fit_is_refused_when_it_is_put() {
        String file = UseCaseText.of("nm-rows");
        put("nm-rows", file).statusCode(200);
        String changed = file.replace("type: integer", "type: number");
        put("nm-rows", changed).statusCode(200);
        put("nm-rows", file).statusCode(200);

        Topics.publish(
                new SchemaActivated(
                        "nm-rows",
                        1,
                        UseCaseFile.parse("nm-rows", file, false).require().dataset(),
                        1,
                        AT),
                new BatchMoved("nm-rows", "b1", BatchMoved.State.ACCEPTED, 1, null, 1L, 0L, null, AT));

        await().untilAsserted(() -> put("nm-rows", changed)
                .statusCode(400)
                .body("errors.field", contains("line 14"))
                .body("errors[0].message", containsString("column 'tenure' changes from integer to number")));
        put(
                        "nm-rows",
                        file.replace(
                                "- { name: left",
                                "- { name: age, type: integer, presence: optional }\n    - { name: left"))
                .statusCode(200);
    }

    @Test
    void a_model_of_another_name_is_promoted_for_the_use_case_that_it_belongs_to() {
        put(
                        "nm12",
                        UseCaseText.of("nm12")
                                .replace("seed: 7", "seed: 7\n  model: nm-model-9")
                                .replace("endpoint: nm12", "endpoint: nm-door-9"))
                .statusCode(200);
        TinyModel.register("nm-model-9", "nm12");

        RestAssured.when()
                .post("/v1/models/nm-model-9/versions/1/promotion")
                .then()
                .statusCode(200)
                .body("endpoint", equalTo("nm-door-9"))
                .body("model", equalTo("nm-model-9"));

        RestAssured.when().get("/v1/deployments/nm-door-9").then().body("use_case", equalTo("nm12"));
        RestAssured.when()
                .get("/v1/models")
                .then()
                .body("models.find { it.name == 'nm-model-9' }.use_case", equalTo("nm12"));
        RestAssured.when().get("/v1/models/nm-model-9/promotions").then().body("promotions.use_case", hasItem("nm12"));
        put(
                        "nm12",
                        UseCaseText.of("nm12")
                                .replace("seed: 7", "seed: 7\n  model: nm-model-9")
                                .replace("endpoint: nm12", "endpoint: nm-moved"))
                .statusCode(400)
                .body("errors[0].message", containsString("serves at endpoint 'nm-door-9', which cannot move"));
        assertThat(UseCaseText.of("nm12")).contains("endpoint: nm12");
    }

    private static String file(String name, String dataset, String model, String endpoint) {
        return UseCaseText.of(name)
                .replace("dataset:\n", "dataset:\n  name: %s\n".formatted(dataset))
                .replace("training:\n", "training:\n  model: %s\n".formatted(model))
                .replace("endpoint: " + name, "endpoint: " + endpoint);
    }
}
