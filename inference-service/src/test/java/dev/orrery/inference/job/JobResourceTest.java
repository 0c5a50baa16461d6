package dev.orrery.inference.job;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.DatasetSchema;
import dev.orrery.inference.Deployed;
import dev.orrery.inference.Logged;
import dev.orrery.inference.Shelf;
import dev.orrery.lake.TableFile;
import dev.orrery.lake.TableFileWriter;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(Validation.class)
class JobResourceTest {

    private static final String ENDPOINT = "crowds";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PARQUET = SubmissionResource.PARQUET;

    @TempDir
    Path folder;

    @BeforeEach
    void deploy() {
        Deployed.tiny(ENDPOINT, 4);
    }

    @Test
    void a_file_is_scored_as_live_requests_are() {
        String job = submit("text/csv", """
                customer,tenure,contract,churned
                c-1,12,one-year,yes
                "c,2",1,month-to-month,no
                c-3,,,
                """);

        done(job, 3, 0);

        List<String> lines = lines(job, "output");
        assertThat(lines.getFirst()).isEqualTo("_row,customer,score,decision");
        assertThat(lines.subList(1, 4)).map(line -> line.substring(0, 4)).containsExactly("1,c-", "2,\"c", "3,c-");
        String live = Deployed.predict(ENDPOINT, "{\"tenure\": 12, \"contract\": \"one-year\"}")
                .extract()
                .jsonPath()
                .getString("predictions[0].score");
        assertThat(Double.parseDouble(lines.get(1).split(",")[2])).isEqualTo(Double.parseDouble(live));
        assertThat(lines(job, "errors")).containsExactly("_row,line,reason");
    }

    @Test
    void rows_that_cannot_be_scored_are_told_by_line_and_reason_and_take_no_others_with_them() {
        String job = submit("text/csv", """
                customer,tenure,contract
                c-1,12,one-year

                c-2,soon,one-year
                c-3,1
                c-4,3,one-year,4
                c-5,99999999999999999999999999999999999999999,one-year
                c-6,7,"two
                lines"
                """);

        done(job, 2, 4);

        assertThat(lines(job, "output").stream().skip(1).map(line -> line.split(",")[1]))
                .containsExactly("c-1", "c-6");
        assertThat(lines(job, "errors"))
                .hasSize(5)
                .anySatisfy(line -> assertThat(line).startsWith("2,4,").contains("column 'tenure'", "'soon'"))
                .anySatisfy(line -> assertThat(line).startsWith("3,5,").contains("2 fields"))
                .anySatisfy(line -> assertThat(line).startsWith("4,6,").contains("4 fields"))
                .anySatisfy(line -> assertThat(line).startsWith("5,7,").contains("64 bits"));
    }

    @Test
    void a_hundred_thousand_rows_are_each_there_once_and_in_order() {
        StringBuilder csv = new StringBuilder("customer,tenure,contract\n");
        for (int row = 1; row <= 100_000; row++) {
            csv.append("c-")
                    .append(row)
                    .append(',')
                    .append(row % 1000 == 0 ? "none" : row % 72)
                    .append(",one-year\n");
        }
        String job = submit("text/csv", csv.toString());

        done(job, 99_900, 100);

        List<String> lines = lines(job, "output");
        List<Integer> rows = lines.stream()
                .skip(1)
                .map(line -> Integer.valueOf(line.substring(0, line.indexOf(','))))
                .toList();
        assertThat(rows)
                .isEqualTo(IntStream.rangeClosed(1, 100_000)
                        .filter(row -> row % 1000 != 0)
                        .boxed()
                        .toList());
        assertThat(lines(job, "errors")).hasSize(101);
        when().get("/v1/jobs/{id}", job)
                .then()
                .body("rows_per_second", notNullValue())
                .body("source.type", equalTo("csv"))
                .body("version", equalTo(4));
    }

    @Test
    void parquet_goes_in_and_comes_out() throws IOException {
        Path file = folder.resolve("people.parquet");
        SequencedMap<String, ColumnType> columns = new LinkedHashMap<>();
        columns.put("customer", ColumnType.TEXT);
        columns.put("tenure", ColumnType.NUMBER);
        columns.put("contract", ColumnType.CATEGORY);
        try (TableFileWriter writer = TableFileWriter.to(file, columns)) {
            writer.add(List.of("c-1", 12.0, "one-year"));
            writer.add(Arrays.asList("c-2", null, null));
            writer.add(List.of("c-3", Double.POSITIVE_INFINITY, "one-year"));
            writer.add(List.of("c-4", Double.NaN, "one-year"));
        }
        String job = given().contentType(PARQUET)
                .body(Files.readAllBytes(file))
                .post("/v1/endpoints/{e}/jobs", ENDPOINT)
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        done(job, 3, 1);

        Path output = folder.resolve("scores.parquet");
        Files.write(output, when().get("/v1/jobs/{id}/output", job).asByteArray());
        TableFile scores = TableFile.open(output);
        try (Stream<Map<String, Object>> rows = scores.rows(scores.columns())) {
            List<Map<String, Object>> all = rows.toList();
            assertThat(all).map(row -> row.get("customer")).containsExactly("c-1", "c-2", "c-4");
            assertThat((double) all.getFirst().get("score")).isCloseTo(Shelf.TINY_SCORE, within(1e-5));
            assertThat(all.getFirst().get("decision")).isInstanceOf(Boolean.class);
        }
        assertThat(lines(job, "errors"))
                .anySatisfy(line -> assertThat(line).startsWith("3,,").contains("tenure"));
    }

    @Test
    void a_dataset_version_is_scored_from_the_lake() {
        DatasetSchema schema = new DatasetSchema(
                "customer",
                null,
                "churned",
                List.of(),
                List.of(""),
                List.of(
                        new Column("customer", ColumnType.TEXT, null, null, null),
                        new Column("tenure", ColumnType.NUMBER, null, null, null),
                        new Column("contract", ColumnType.CATEGORY, null, null, null),
                        new Column("added_later", ColumnType.NUMBER, null, null, null),
                        new Column("churned", ColumnType.BOOLEAN, null, null, null)));
        List<List<Object>> rows = IntStream.range(0, 2_500)
                .<List<Object>>mapToObj(row -> List.of("c-" + row, (double) (row % 72), "one-year", 1.0, true))
                .toList();
        Validation.commit("crowd", schema, rows);

        String first = submit("application/json", "{\"dataset\": \"crowd\", \"version\": 1}");
        String newest = submit("application/json", "{\"dataset\": \"crowd\"}");

        done(first, 2_500, 0);
        done(newest, 2_500, 0);
        assertThat(lines(first, "output")).isEqualTo(lines(newest, "output")).hasSize(2_501);
        given().contentType("application/json")
                .body("{\"dataset\": \"crowd\", \"version\": 7}")
                .post("/v1/endpoints/{e}/jobs", ENDPOINT)
                .then()
                .statusCode(404)
                .body("detail", containsString("dataset 'crowd'"));
    }

    @Test
    void predictions_of_a_job_are_on_the_log_only_when_that_is_asked_for() {
        String job = given().contentType("text/csv")
                .queryParam("log", true)
                .body("customer,tenure,contract\nlogged-1,12,one-year\n")
                .post("/v1/endpoints/{e}/jobs", ENDPOINT)
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        done(job, 1, 0);

        List<String> lines = lines(job, "output");
        assertThat(lines.getFirst()).endsWith(",prediction_id");
        String id = lines.get(1).substring(lines.get(1).lastIndexOf(',') + 1);
        assertThat(Logged.await(id).inputs()).containsEntry("tenure", 12.0);
    }

    @Test
    void the_same_key_with_the_same_rows_is_one_job_and_with_others_a_conflict() {
        String rows = "customer,tenure,contract\nc-1,12,one-year\n";

        String first = keyed("idem-1", rows).statusCode(202).extract().path("id");
        String again = keyed("idem-1", rows).statusCode(202).extract().path("id");

        assertThat(again).isEqualTo(first);
        keyed("idem-1", rows + "c-2,1,one-year\n")
                .statusCode(409)
                .body("detail", allOf(containsString("idem-1"), containsString(first)));
    }

    @Test
    void what_is_no_table_of_the_models_columns_is_refused_before_anything_is_promised() {
        refused("text/csv", "tenur,contract\n1,one-year\n", 400, "'tenur'");
        refused("text/csv", "tenure,contract\n", 400, "no rows");
        refused("text/csv", "", 400, "empty");
        refused("text/csv", "tenure,contract\n1,\"one\n2,two\n", 400, "After line 1");
        refused("text/csv; charset=utf-8", "tenure;contract\n1;2\n", 400, "tenure;contract");
        refused(PARQUET, "tenure,contract\n1,one-year\n", 400, "no Parquet file");
        refused("application/json", "{\"version\": 1}", 400, "needs a dataset");
        refused("application/zip", "PK", 415, "application/zip");
        given().contentType("text/csv")
                .body(new byte[] {'t', 'e', 'n', 'u', 'r', 'e', '\n', (byte) 0xFF, '\n'})
                .post("/v1/endpoints/{e}/jobs", ENDPOINT)
                .then()
                .statusCode(400)
                .body("detail", containsString("UTF-8"));
        given().contentType("text/csv")
                .body("a\n1\n")
                .post("/v1/endpoints/nowhere/jobs")
                .then()
                .statusCode(404);
        given().contentType("text/csv")
                .body("tenure\n1\n")
                .post("/v1/endpoints/{e}/jobs?output=xml", ENDPOINT)
                .then()
                .statusCode(400)
                .body("detail", containsString("'xml'"));
    }

    @Test
    void a_job_that_is_cancelled_ends_and_one_that_is_over_is_removed() {
        String rows = IntStream.range(0, 60_000)
                .mapToObj(row -> "%d,one-year".formatted(row % 72))
                .collect(Collectors.joining("\n", "tenure,contract\n", "\n"));
        String job = submit("text/csv", rows);
        when().get("/v1/jobs/{id}/output", job).then().statusCode(409).body("detail", containsString("partial=true"));

        when().delete("/v1/jobs/{id}", job).then().statusCode(200).body("state", equalTo("cancelled"));

        when().get("/v1/jobs/{id}", job).then().statusCode(200).body("state", equalTo("cancelled"));
        when().get("/v1/jobs/{id}/output?partial=true", job)
                .then()
                .statusCode(200)
                .body(startsWith("_row,customer,score,decision\n"));
        when().delete("/v1/jobs/{id}", job).then().statusCode(204);
        when().get("/v1/jobs/{id}", job).then().statusCode(404).body("detail", containsString(job));
    }

    @Test
    void jobs_are_listed_by_pages_the_newest_first() {
        Deployed.tiny("listed", 4);
        String rows = "tenure,contract\n12,one-year\n";
        List<String> ids = Stream.generate(() -> given().contentType("text/csv")
                        .body(rows)
                        .post("/v1/endpoints/listed/jobs")
                        .then()
                        .statusCode(202)
                        .extract()
                        .<String>path("id"))
                .limit(3)
                .toList();

        Response first = when().get("/v1/jobs?endpoint=listed&limit=2");
        first.then().body("jobs.id", equalTo(List.of(ids.get(2), ids.get(1))));
        given().queryParam("page_token", first.<String>path("next_page_token"))
                .get("/v1/jobs?endpoint=listed&limit=2")
                .then()
                .body("jobs", hasSize(1))
                .body("jobs.id", hasItem(ids.get(0)));
    }

    @Test
    void a_file_is_larger_than_any_request_may_be() {
        String row = "c-1,12,one-year," + " ".repeat(9_000) + "\n";
        String rows = "customer,tenure,contract,churned\n" + row.repeat(1_000);
        assertThat(rows.getBytes(StandardCharsets.UTF_8).length).isGreaterThan(8 << 20);

        done(submit("text/csv", rows), 1_000, 0);

        given().contentType("text/csv")
                .body(rows)
                .post("/v1/endpoints/{e}/predictions", ENDPOINT)
                .then()
                .statusCode(413);
    }

    @Test
    void a_job_is_scored_by_the_version_that_took_it_though_another_answers_meanwhile() {
        Deployed.tiny("switched", 1);
        String rows = IntStream.range(0, 40_000)
                .mapToObj(_ -> "12,one-year")
                .collect(Collectors.joining("\n", "tenure,contract\n", "\n"));
        String job = given().contentType("text/csv")
                .body(rows)
                .post("/v1/endpoints/switched/jobs")
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        Deployed.serve(Deployed.shelf().deployment("switched", 2, Shelf.other()));

        done(job, 40_000, 0);
        assertThat(lines(job, "output").stream()
                        .skip(1)
                        .map(line -> line.split(",")[2])
                        .distinct())
                .hasSize(1)
                .first()
                .satisfies(score -> assertThat(Double.parseDouble(score)).isCloseTo(Shelf.TINY_SCORE, within(1e-5)));
    }

    private static String submit(String type, String body) {
        return given().contentType(type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/endpoints/{e}/jobs", ENDPOINT)
                .then()
                .statusCode(202)
                .header("Location", startsWith("/v1/jobs/"))
                .extract()
                .path("id");
    }

    private static ValidatableResponse keyed(String key, String rows) {
        return given().contentType("text/csv")
                .header("Idempotency-Key", key)
                .body(rows)
                .post("/v1/endpoints/{e}/jobs", ENDPOINT)
                .then();
    }

    private static void refused(String type, String body, int status, String said) {
        given().contentType(type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/endpoints/{e}/jobs", ENDPOINT)
                .then()
                .statusCode(status)
                .body("detail", containsString(said));
    }

    private static void done(String job, int scored, int rejected) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get("/v1/jobs/{id}", job)
                        .then()
                        .statusCode(200)
                        .body("state", equalTo("done"))
                        .body("scored", equalTo(scored))
                        .body("rejected", equalTo(rejected)));
    }

    private static List<String> lines(String job, String what) {
        return when().get("/v1/jobs/{id}/{what}", job, what)
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .toList();
    }
}
