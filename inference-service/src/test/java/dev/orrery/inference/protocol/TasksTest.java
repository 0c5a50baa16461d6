package dev.orrery.inference.protocol;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.orrery.inference.Deployed;
import dev.orrery.inference.Logged;
import dev.orrery.inference.Shelf;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Models of several classes and of a number are asked and answered as those of yes and no are.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class TasksTest {

    private static final String TWO_ROWS = """
            {"inputs":[{"name":"tenure","shape":[2],"datatype":"FP32","data":[0,60]},
            {"name":"contract","shape":[2],"datatype":"BYTES","data":["month-to-month","one-year"]}]}""";

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json, text/plain"})
    void classes_come_with_their_probabilities_and_the_most_probable_on_both_ways(String accept) {
        deploy("classes");

        given().contentType("application/json")
                .accept(accept)
                .body(TWO_ROWS)
                .post("/v2/models/classes/infer")
                .then()
                .statusCode(200)
                .body("outputs.name", contains("basic", "plus", "premium", "decision", "prediction_id"))
                .body("outputs.datatype", contains("FP32", "FP32", "FP32", "BYTES", "BYTES"))
                .body("outputs[3].data", contains("basic", "premium"));
        JsonPath rows = given().contentType("application/json")
                .accept(accept)
                .body("[{\"tenure\":24},{\"tenure\":60}]")
                .post("/v1/endpoints/classes/predictions")
                .then()
                .statusCode(200)
                .body("predictions.decision", contains("plus", "premium"))
                .extract()
                .jsonPath();

        Map<String, Object> row = rows.getMap("predictions[0]");
        assertThat(row.keySet()).containsExactly("id", "basic", "plus", "premium", "decision");
        assertThat(Logged.await((String) row.get("id")).outputs()).containsEntry("decision", "plus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json, text/plain"})
    void a_number_comes_alone_on_both_ways(String accept) {
        deploy("number");

        given().contentType("application/json")
                .accept(accept)
                .body(TWO_ROWS)
                .post("/v2/models/number/infer")
                .then()
                .statusCode(200)
                .body("outputs.name", contains("price", "prediction_id"))
                .body("outputs[0].data", contains(30f, 160f));
        given().contentType("application/json")
                .accept(accept)
                .body("{\"tenure\":10}")
                .post("/v1/endpoints/number/predictions")
                .then()
                .statusCode(200)
                .body("predictions[0].price", equalTo(45f));
    }

    @Test
    void a_table_of_answers_has_a_column_for_each_output() {
        deploy("classes");

        String table = given().contentType("application/json")
                .accept("text/csv")
                .body("{\"tenure\":60}")
                .post("/v1/endpoints/classes/predictions")
                .asString();

        assertThat(table.lines().toList().getFirst()).isEqualTo("id,model,version,basic,plus,premium,decision,flags");
        assertThat(table.lines().toList().getLast()).endsWith(",premium,");
    }

    @Test
    void metadata_says_what_each_output_is() {
        deploy("classes");

        when().get("/v2/models/classes")
                .then()
                .body("outputs.find { it.name == 'decision' }.datatype", equalTo("BYTES"))
                .body("outputs.name", equalTo(List.of("basic", "plus", "premium", "decision", "prediction_id")));
    }

    private static void deploy(String task) {
        Deployed.serve(Deployed.shelf().deployment(task, 1, Shelf.ofTask(task)));
    }
}
