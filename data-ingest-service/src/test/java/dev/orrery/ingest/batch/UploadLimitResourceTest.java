package dev.orrery.ingest.batch;

import static dev.orrery.ingest.Sender.dataset;
import static dev.orrery.ingest.Sender.send;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.orrery.ingest.Paused;
import dev.orrery.ingest.Sender;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Paused.class)
@QuarkusTestResource(Platform.class)
class UploadLimitResourceTest {

    @Test
    void a_file_that_says_it_is_too_large_is_answered_413() {
        dataset("limit-said", "id", "left");

        send("limit-said", new byte[Paused.MAX_UPLOAD + 1])
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", containsString("orrery.ingest.max-upload"));
    }

    @Test
    void a_stream_that_turns_out_too_large_is_answered_413() throws Exception {
        dataset("limit-stream", "id", "left");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + RestAssured.port + "/v1/datasets/limit-stream/batches"))
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[4 * Paused.MAX_UPLOAD])))
                .build();

        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(response.body()).contains("orrery.ingest.max-upload");
        }
    }

    @Test
    void batches_are_listed_newest_first_page_by_page() {
        dataset("pages", "id", "left");
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(Sender.accepted("pages", "id,left\n" + i + ",true\n"));
        }
        Collections.reverse(sent);

        List<String> seen = new ArrayList<>();
        String token = null;
        do {
            var page = given().queryParam("dataset", "pages").queryParam("limit", 2);
            var answer = (token == null ? page : page.queryParam("page_token", token))
                    .get("/v1/batches")
                    .then()
                    .statusCode(200)
                    .extract();
            seen.addAll(answer.path("batches.id"));
            token = answer.path("next_page_token");
        } while (token != null);

        assertThat(seen).isEqualTo(sent);
        given().get("/v1/batches?limit=1000").then().body("batches.id[0]", equalTo(sent.getFirst()));
    }

    @Test
    void a_page_that_cannot_be_is_refused() {
        for (String query : List.of("limit=0", "limit=1001", "page_token=x")) {
            given().get("/v1/batches?" + query).then().statusCode(400).contentType("application/problem+json");
        }
    }
}
