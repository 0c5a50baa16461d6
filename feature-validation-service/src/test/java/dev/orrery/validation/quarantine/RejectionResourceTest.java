package dev.orrery.validation.quarantine;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.orrery.contracts.event.Row;
import dev.orrery.contracts.event.RowsHeader;
import dev.orrery.contracts.event.RowsRejected;
import dev.orrery.contracts.event.Violation;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import dev.orrery.validation.Ships;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class RejectionResourceTest {

    @Test
    void a_rejected_row_is_shown_as_it_came_with_every_reason() {
        String dataset = Ships.dataset("shown");
        String batch = Ships.published(dataset, 10);
        JsonPath report = Ships.decided(batch);

        Map<String, Object> row = list(dataset, "?batch=" + batch).getMap("rejections[0]");

        assertThat(row).containsEntry("batch", batch).containsEntry("row", 10);
        assertThat(row.get("values")).isEqualTo(Ships.broken(10));
        assertThat(row.get("reasons"))
                .isEqualTo(List.of(
                        Map.of("column", "speed", "check", "type", "message", "found 'fast', expected a number"),
                        Map.of(
                                "column", "flag",
                                "check", "domain",
                                "message", "found 'XX', expected one of 'NO', 'PA'")));
        assertThat(report.getList("reasons"))
                .isEqualTo(List.of(
                        Map.of("column", "flag", "check", "domain", "count", 1),
                        Map.of("column", "speed", "check", "type", "count", 1)));
    }

    @Test
    void pages_cover_all_rows_once_by_batch_and_row() {
        String dataset = Ships.dataset("paged");
        List<String> batches = new ArrayList<>(List.of(Ships.published(dataset, 50), Ships.published(dataset, 70)));
        batches.forEach(Ships::decided);
        batches.sort(null);

        List<String> seen = new ArrayList<>();
        JsonPath page = list(dataset, "?limit=5");
        while (true) {
            List<Map<String, Object>> rows = page.getList("rejections");
            rows.forEach(row -> seen.add(row.get("batch") + ":" + row.get("row")));
            if (page.getString("next_page_token") == null) {
                break;
            }
            page = list(dataset, "?limit=5&page_token=" + page.getString("next_page_token"));
        }

        List<String> expected = new ArrayList<>();
        for (String batch : batches) {
            long rows = Ships.decided(batch).getLong("rows");
            for (long row = 10; row <= rows; row += 10) {
                expected.add(batch + ":" + row);
            }
        }
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void a_row_told_twice_is_kept_and_counted_once() {
        String dataset = Ships.dataset("again");
        String batch = Ships.decided(Ships.published(dataset, 20)).getString("batch");
        RowsRejected repeat = new RowsRejected(
                new RowsHeader(dataset, batch, 1, null, List.of("speed")),
                List.of(new RowsRejected.Rejected(
                        new Row(10, "e", List.of("fast")),
                        List.of(new Violation("speed", Violation.Check.TYPE, "again")))));

        Topics.publish(repeat, repeat);
        String later = Ships.published(dataset, 10);

        assertThat(Ships.decided(later).getInt("rejected")).isEqualTo(1);
        assertThat(list(dataset, "?batch=" + batch).getList("rejections")).hasSize(2);
        assertThat(Ships.decided(batch).getInt("reasons[0].count")).isEqualTo(2);
    }

    @Test
    void text_that_the_database_cannot_keep_does_not_stop_the_quarantine() {
        String dataset = Ships.dataset("hostile");
        String batch = Ships.batch();
        Map<String, String> values = new HashMap<>(Ships.values(1));
        values.put("speed", "nul \0, half \ud83d, quote \" ' and \\");
        values.put("col\0umn", "x");
        Ships.publish(List.of(Ships.row(dataset, batch, 1, values), Ships.row(dataset, batch, 2, Ships.values(2))));
        Ships.publish(Ships.ends(dataset, batch, 2));

        assertThat(Ships.decided(batch).getInt("rejected")).isEqualTo(1);
        assertThat(list(dataset, "").getString("rejections[0].values.speed")).startsWith("nul \0, half ");
        assertThat(list(dataset, "").getList("rejections[0].reasons")).hasSize(2);
    }

    @Test
    void a_batch_with_more_rejected_rows_than_allowed_is_quarantined_and_makes_no_version() {
        String dataset = Ships.dataset("mostly-broken");
        String batch = Ships.batch();
        Ships.publish(List.of(
                Ships.row(dataset, batch, 1, Ships.broken(1)),
                Ships.row(dataset, batch, 2, Ships.values(2)),
                Ships.row(dataset, batch, 3, Ships.broken(3))));
        Ships.publish(Ships.ends(dataset, batch, 3));

        JsonPath report = Ships.decided(batch);

        assertThat(report.getString("state")).isEqualTo("quarantined");
        assertThat(report.getString("reason"))
                .isEqualTo("66.7 % of its rows were rejected, more than the 50.0 % allowed");
        assertThat(given().get("/v1/datasets/{dataset}/versions", dataset)
                        .jsonPath()
                        .getList("versions"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit must be between 1 and 10000",
        "limit=10001, limit must be between 1 and 10000",
        "page_token=hello, is not a page_token",
        "page_token=MSAA, is not a page_token",
        "batch=%00, cannot be the id of a batch"
    })
    void a_question_that_makes_no_sense_is_refused(String query, String why) {
        String dataset = Ships.dataset("refused");

        given().urlEncodingEnabled(false)
                .get("/v1/datasets/" + dataset + "/rejections?" + query)
                .then()
                .statusCode(400)
                .body("detail", containsString(why));
    }

    @Test
    void an_unknown_dataset_has_no_rejections_rather_than_none_found() {
        given().get("/v1/datasets/nobodys/rejections").then().statusCode(404);
    }

    @Test
    void a_batch_that_never_came_has_no_report() {
        given().get("/v1/batches/never/report")
                .then()
                .statusCode(404)
                .body("detail", containsString("No row of batch 'never' has arrived here"));
    }

    @Test
    void a_report_shows_how_far_a_batch_has_come() {
        String dataset = Ships.dataset("progress");
        String batch = Ships.batch();
        Ships.publish(Ships.rows(dataset, batch, 30));

        Ships.await().untilAsserted(() -> {
            JsonPath report = given().get("/v1/batches/{batch}/report", batch).jsonPath();
            assertThat(report.getString("state")).isEqualTo("validating");
            assertThat(report.getInt("received")).isEqualTo(30);
            assertThat(report.getInt("rejected")).isEqualTo(3);
            assertThat(report.getList("reasons")).hasSize(2);
        });
    }

    private static JsonPath list(String dataset, String query) {
        return given().get("/v1/datasets/" + dataset + "/rejections" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
