package dev.orrery.inference.rows;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.orrery.contracts.event.Flag;
import dev.orrery.inference.Deployed;
import dev.orrery.inference.Logged;
import dev.orrery.inference.Shelf;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Values that the dataset does not know are answered and flagged, or refused where the use case says so.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class FlagsResourceTest {

    private static final String INPUTS =
            "[{\"name\":\"tenure\",\"type\":\"integer\"},{\"name\":\"contract\",\"type\":\"category\"}]";
    private static final String DESCRIBED = "[{\"name\":\"tenure\",\"type\":\"integer\",\"range\":[\"0\",\"120\"]},"
            + "{\"name\":\"contract\",\"type\":\"category\",\"domain\":[\"month-to-month\",\"one-year\"]}]";
    private static final String RULES =
            ",\"serving\":{\"out_of_range\":\"refuse\",\"unseen\":\"refuse\",\"broken\":\"refuse\"}";

    @BeforeEach
    void deploy() {
        Deployed.serve(Deployed.shelf().deployment("lenient", 1, Shelf.carded(INPUTS, DESCRIBED)));
        Deployed.serve(Deployed.shelf()
                .deployment("strict", 1, Shelf.carded("\"inputs\":" + INPUTS, "\"inputs\":" + DESCRIBED + RULES)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json, text/plain"})
    void what_is_unusual_is_answered_and_flagged_on_both_ways(String accept) {
        given().contentType("application/json")
                .accept(accept)
                .body("[{\"tenure\":121,\"contract\":\"never\"},{\"tenure\":120,\"contract\":\"one-year\"}]")
                .post("/v1/endpoints/lenient/predictions")
                .then()
                .statusCode(200)
                .body("predictions[0].flags", equalTo(Map.of("tenure", "out_of_range", "contract", "unseen")))
                .body("predictions[1]", not(hasKey("flags")))
                .body("role", equalTo("champion"))
                .body("threshold", equalTo(0.5f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json, text/plain"})
    void the_protocol_has_an_output_for_them_where_there_are_any(String accept) {
        infer(accept, 121)
                .body("outputs.name", contains("score", "decision", "prediction_id", "flags"))
                .body("outputs[3].data", contains("{\"tenure\":\"out_of_range\"}"));
        infer(accept, 120).body("outputs.name", contains("score", "decision", "prediction_id"));
    }

    private static ValidatableResponse infer(String accept, int tenure) {
        return given().contentType("application/json")
                .accept(accept)
                .body("{\"inputs\":[{\"name\":\"tenure\",\"shape\":[1],\"datatype\":\"INT32\",\"data\":[%d]},"
                                .formatted(tenure)
                        + "{\"name\":\"contract\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"one-year\"]}]}")
                .post("/v2/models/lenient/infer")
                .then()
                .statusCode(200);
    }

    @Test
    void the_log_holds_what_is_unusual() {
        String id = ask("lenient", "{\"tenure\":121,\"contract\":\"one-year\"}")
                .extract()
                .path("predictions[0].id");

        assertThat(Logged.await(id).row().flags()).containsExactly(new Flag(0, Flag.Kind.OUT_OF_RANGE));
    }

    @Test
    void half_a_character_is_flagged() {
        ask("lenient", "{\"contract\":\"\\ud83d\"}")
                .statusCode(200)
                .body("predictions[0].flags.contract", equalTo("broken_text"));
    }

    @Test
    void a_table_of_answers_has_the_flags_in_its_last_column() {
        List<String> lines = given().contentType("text/csv")
                .accept("text/csv")
                .body("tenure,contract\n121,never\n1,one-year\n")
                .post("/v1/endpoints/lenient/predictions")
                .asString()
                .lines()
                .toList();

        assertThat(lines.getFirst()).isEqualTo("id,model,version,score,decision,flags");
        assertThat(lines.get(1)).endsWith(",tenure=out_of_range contract=unseen");
        assertThat(lines.get(2)).endsWith(",");
    }

    @Test
    void what_the_use_case_wants_refused_is_refused_with_row_column_value_and_expectation() {
        ask("strict", "[{\"tenure\":1},{\"tenure\":-1}]")
                .statusCode(400)
                .body("detail", equalTo("Row 2, column 'tenure': -1 is outside its range, expected 0 to 120."));
        ask("strict", "{\"contract\":\"one-yeer\"}")
                .statusCode(400)
                .body("detail", containsString("'one-yeer' is not a word of it"))
                .body("detail", containsString("Did you mean 'one-year'?"));
        ask("strict", "{\"contract\":\"\\ud83d\"}").statusCode(400).body("detail", containsString("half a character"));
        ask("strict", "{\"tenure\":1,\"contract\":\"one-year\"}").statusCode(200);
    }

    private static ValidatableResponse ask(String endpoint, String body) {
        return Deployed.predict(endpoint, body);
    }
}
