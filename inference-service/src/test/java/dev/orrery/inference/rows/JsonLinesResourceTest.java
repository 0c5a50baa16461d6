package dev.orrery.inference.rows;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;

import dev.orrery.inference.Deployed;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows as JSON Lines.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class JsonLinesResourceTest {

    @BeforeEach
    void deploy() {
        Deployed.tiny("lines", 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/jsonl", "application/x-ndjson", "application/x-ndjson; charset=utf-8"})
    void a_row_is_an_object_on_a_line(String type) {
        ask(type, "{\"tenure\":1,\"contract\":\"one-year\"}\r\n\n{\"tenure\":2}\n{}".replace("{}", "{\"tenure\":null}"))
                .statusCode(200)
                .body("predictions", hasSize(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'tenure':1} ~ {'tenuer':2}          | Line 2 has a column 'tenuer'",
                "{'tenure':1} ~ ~ {'tenure':'x'}      | Line 3",
                "{'tenure':1} ~ 7                     | Line 2 is not a JSON object",
                "{'tenure':1} ~ {'tenure':NaN}        | line 2: NaN is not JSON; write null",
                "{'tenure':1} ~ {'tenure':-Infinity}  | -Infinity is not JSON",
                "{'tenure':1} ~ {'tenure':            | line 2",
                "~                                    | The body is empty",
            })
    void what_is_wrong_is_told_with_its_line(String body, String why) {
        ask("application/jsonl", body.replace(" ~ ", "\n").replace("~", "\n").replace('\'', '"'))
                .statusCode(400)
                .body("detail", containsString(why));
    }

    @Test
    void utf_16_is_no_utf_8() {
        given().contentType("application/jsonl")
                .body("{\"tenure\":1}".getBytes(StandardCharsets.UTF_16LE))
                .post("/v1/endpoints/lines/predictions")
                .then()
                .statusCode(400)
                .body("detail", containsString("must be UTF-8"));
    }

    private static ValidatableResponse ask(String type, String body) {
        return given().contentType(type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/endpoints/lines/predictions")
                .then();
    }
}
