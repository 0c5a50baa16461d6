package dev.orrery.inference.rows;

import static dev.orrery.inference.Deployed.predict;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.orrery.contracts.EntityKeys;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.inference.Deployed;
import dev.orrery.inference.Logged;
import dev.orrery.inference.Shelf;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class CsvPredictionResourceTest {

    private static final String ENDPOINT = "tables";
    private static final String ROWS = """
            customer,tenure,contract,churned
            c-1,12,one-year,yes
            "c,2",1,month-to-month,no
            c-3,,,
            """;

    @BeforeEach
    void deploy() {
        Deployed.tiny(ENDPOINT, 4);
    }

    @Test
    void a_file_is_answered_row_by_row_as_its_rows_in_json_are() {
        List<Float> asJson = predict(ENDPOINT, """
                        [{"tenure": 12, "contract": "one-year"}, {"tenure": 1, "contract": "month-to-month"}, {"tenure": null}]""").statusCode(200).extract().path("predictions.score");

        table(ROWS)
                .statusCode(200)
                .contentType("application/json")
                .body("version", is(4))
                .body("predictions", hasSize(3))
                .body("predictions.score", is(asJson));
    }

    @Test
    void the_answer_is_csv_where_that_is_asked_for() {
        String answer = given().accept("text/csv")
                .contentType("text/csv")
                .body(ROWS)
                .post("/v1/endpoints/tables/predictions")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .extract()
                .asString();

        assertThat(answer.lines()).hasSize(4);
        assertThat(answer.lines().findFirst()).contains("id,model,version,score,decision,flags");
        assertThat(answer.lines().skip(1))
                .allSatisfy(line -> assertThat(line).matches("[0-9a-z]+-[0-9]+,tiny,4,0\\.[0-9E-]+,(true|false),"));
        assertThat(answer.lines().skip(1))
                .extracting(line -> line.endsWith("true,"))
                .containsExactly(false, true, false);
    }

    @Test
    void a_large_file_is_answered_too() {
        String rows = "tenure,contract\n" + "12,one-year\n".repeat(1_500);

        String answer = given().accept("text/csv")
                .contentType("text/csv; charset=UTF-8")
                .body(rows)
                .post("/v1/endpoints/tables/predictions")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(answer.lines()).hasSize(1_501);
    }

    @Test
    void a_row_is_about_the_entity_that_its_key_names() {
        String id = table(ROWS).statusCode(200).extract().path("predictions[1].id");

        assertThat(Logged.await(id).entity())
                .isEqualTo(new EntityKeys(Platform.SUBJECT_KEY).entity("tiny", ColumnType.TEXT, true, "c,2"));
        assertThat(Logged.await(id).inputs()).containsEntry("tenure", 1.0).containsEntry("contract", "month-to-month");
    }

    @Test
    void what_the_dataset_writes_for_missing_is_missing() {
        Deployed.serve(Deployed.shelf()
                .deployment("tokens", 1, Shelf.carded("\"missing\":[\"\"]", "\"missing\":[\"NA\",\"\"]")));

        String id = given().contentType("text/csv")
                .body("tenure,contract,customer\nNA,NA,NA\n")
                .post("/v1/endpoints/tokens/predictions")
                .then()
                .statusCode(200)
                .extract()
                .path("predictions[0].id");

        assertThat(Logged.await(id).inputs()).isEmpty();
        assertThat(Logged.await(id).entity()).isNull();
    }

    @Test
    void a_byte_order_mark_any_line_end_and_blank_lines_do_no_harm() {
        table("\uFEFFtenure,contract\r\n12,one-year\r\n\r\n\r1,month-to-month\n\n")
                .statusCode(200)
                .body("predictions", hasSize(2));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("tenur,contract\n1,x\n", "header has a column 'tenur'", "Did you mean 'tenure'?"),
                Arguments.of("customer\nc\n", "header has none of the model's columns", "tenure, contract"),
                Arguments.of("tenure,tenure\n1,2\n", "header has column 'tenure' twice", ""),
                Arguments.of("tenure;contract\n1;x\n", "separated by ';'", "commas"),
                Arguments.of("tenure\tcontract\n1\tx\n", "separated by tabs", "commas"),
                Arguments.of("tenure,contract\n", "no rows", ""),
                Arguments.of("", "body is empty", "header"),
                Arguments.of("tenure,contract\n1,x\n\"2\n\",y\n", "Line 3, column 'tenure'", "a whole number"),
                Arguments.of("tenure,contract\n1,\"x\ny\"\nold,y\n", "Line 4, column 'tenure'", "'old'"),
                Arguments.of("tenure,contract\n1,x\n1.5,y\n", "Line 3, column 'tenure'", "found '1.5'"),
                Arguments.of("tenure,contract\n 1,x\n", "Line 2, column 'tenure'", "found ' 1'"),
                Arguments.of("tenure,contract\n1\n", "Line 2 has 1 fields", "header has 2"),
                Arguments.of("tenure,contract\n1,x,y\n", "Line 2 has 3 fields", "header has 2"),
                Arguments.of("tenure,contract\n1,x\n1,\"x\n", "starts in line 3", "never closed"),
                Arguments.of("tenure,contract\n1,\"x\" y\n", "starts in line 2", "after a closing quote"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void a_wrong_file_is_refused_by_line_and_column(String body, String where, String what) {
        table(body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", allOf(containsString(where), containsString(what)));
    }

    static Stream<Arguments> otherEncodings() {
        return Stream.of(
                Arguments.of(StandardCharsets.ISO_8859_1, "byte 0xE9 in line 2"),
                Arguments.of(StandardCharsets.UTF_16, "UTF-16"),
                Arguments.of(StandardCharsets.UTF_16LE, "UTF-16"));
    }

    @ParameterizedTest
    @MethodSource("otherEncodings")
    void a_file_that_is_not_utf8_is_refused(Charset charset, String what) {
        given().contentType("text/csv")
                .body("tenure,contract\n1,café\n".getBytes(charset))
                .post("/v1/endpoints/tables/predictions")
                .then()
                .statusCode(400)
                .body("detail", containsString(what));
    }

    @Test
    void more_rows_than_one_request_may_carry_are_refused_with_the_limit() {
        table("tenure\n" + "1\n".repeat(10_001)).statusCode(413).body("detail", containsString("10000"));
    }

    private static ValidatableResponse table(String body) {
        return given().contentType("text/csv")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/endpoints/{endpoint}/predictions", ENDPOINT)
                .then();
    }
}
