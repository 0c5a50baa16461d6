package dev.orrery.registry.artifact;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.orrery.contracts.Sha256;
import dev.orrery.kit.retention.Housekeeping;
import dev.orrery.testing.MovableClock;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class ArtifactResourceTest {

    private static final String PROXY = "/api/2.0/mlflow-artifacts/artifacts";

    @TestHTTPResource(PROXY + "/")
    String proxy;

    @ConfigProperty(name = "orrery.state")
    Path state;

    @Inject
    Housekeeping housekeeping;

    @Inject
    MovableClock clock;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void what_is_put_comes_back_and_is_listed_by_name() throws Exception {
        assertThat(put("a1/model/MLmodel", text("flavors: {}")).body()).isEqualTo("{}");
        put("a1/model/data/ä b+c.bin", text("12345"));
        put("a1/empty", BodyPublishers.noBody());

        HttpResponse<String> found = get("a1/model/data/%C3%A4%20b+c.bin");
        assertThat(found.body()).isEqualTo("12345");
        assertThat(found.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename*=UTF-8''%C3%A4%20b%2Bc.bin");
        assertThat(found.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(get("a1/empty").body()).isEmpty();
        when().get(PROXY + "?path=a1")
                .then()
                .body("files", hasSize(2))
                .body("files[0].path", equalTo("empty"))
                .body("files[0].is_dir", equalTo(false))
                .body("files[1].path", equalTo("model"))
                .body("files[1].is_dir", equalTo(true));
        when().get(PROXY + "?path=a1/model/MLmodel").then().body("", anEmptyMap());
        when().get(PROXY + "?path=absent").then().statusCode(200).body("", anEmptyMap());
    }

    @Test
    void a_missing_artifact_is_404_and_deleting_it_is_no_error() {
        when().get(PROXY + "/a2/absent").then().statusCode(404).body("error_code", equalTo("RESOURCE_DOES_NOT_EXIST"));
        when().delete(PROXY + "/a2/absent").then().statusCode(200).body("", anEmptyMap());
    }

    @Test
    void the_same_content_is_stored_once_and_removed_with_its_last_name() throws Exception {
        String content = "content of a3 " + ThreadLocalRandom.current().nextLong();
        String digest = Sha256.of(content);
        Path file = state.resolve("artifacts").resolve(digest.substring(0, 2)).resolve(digest);
        put("a3/one", text(content));
        put("a3/folder/two", text(content));
        assertThat(file).hasContent(content);

        when().delete(PROXY + "/a3/one").then().statusCode(200);
        assertThat(file).exists();
        assertThat(get("a3/folder/two").body()).isEqualTo(content);

        when().delete(PROXY + "/a3/folder").then().statusCode(200);
        assertThat(file).doesNotExist();
        put("a3/again", text(content));
        put("a3/again", text("replaced"));
        assertThat(file).doesNotExist();
        assertThat(get("a3/again").body()).isEqualTo("replaced");
    }

    @Test
    void a_file_is_no_folder_and_a_folder_no_file() throws Exception {
        put("a4/file", text("x"));

        assertThat(put("a4/file/below", text("x")).statusCode()).isEqualTo(400);
        assertThat(put("a4", text("x")).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a5/%2e%2e/%2e%2e/escaped", "a5/..%2f..%2fescaped", "a5/%252e%252e/escaped", "%2fescaped",
                "a5/%5c..%5cescaped", "a5/%00escaped", "a5/%23escaped", "a5/../../../escaped"
            })
    void a_hostile_path_reaches_nothing(String path) throws Exception {
        int status = raw("PUT " + URI.create(proxy).getRawPath() + path);

        assertThat(status).isBetween(400, 405);
        try (var files = Files.walk(state)) {
            assertThat(files.filter(file -> file.getFileName().toString().contains("escaped")))
                    .isEmpty();
        }
        when().get(PROXY + "?path=a5").then().body("", anEmptyMap());
    }

    @Test
    void a_content_that_is_not_what_its_digest_says_is_refused() {
        String digest = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";
        given().header("Content-Digest", digest)
                .contentType("application/octet-stream")
                .body("not empty".getBytes(StandardCharsets.US_ASCII))
                .put(PROXY + "/a6/file")
                .then()
                .statusCode(400)
                .body("error_code", equalTo("INVALID_PARAMETER_VALUE"));
        given().header("Content-Digest", digest).put(PROXY + "/a6/file").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-256=abc", "sha-256=:abc", "sha-256=:!:", "sha-256=:YWJj:", "sha-256"})
    void a_digest_that_says_nothing_intelligible_is_refused(String header) {
        given().header("Content-Digest", header)
                .put(PROXY + "/a9/file")
                .then()
                .statusCode(400)
                .body("message", containsString("Content-Digest must look like"));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-9, 206, 0123456789, bytes 0-9/26",
        "bytes=20-, 206, uvwxyz, bytes 20-25/26",
        "bytes=20-99, 206, uvwxyz, bytes 20-25/26",
        "bytes=-2, 206, yz, bytes 24-25/26",
        "bytes=26-, 416, , bytes */26",
        "bytes=-0, 416, , bytes */26"
    })
    void a_part_of_a_file_can_be_asked_for(String range, int status, String body, String contentRange)
            throws Exception {
        put("a10/file", text("0123456789klmnopqrstuvwxyz"));

        HttpResponse<String> part =
                http.send(request("a10/file").header("Range", range).build(), BodyHandlers.ofString());

        assertThat(part.statusCode()).isEqualTo(status);
        assertThat(part.headers().firstValue("Content-Range")).hasValue(contentRange);
        if (status == 206) {
            assertThat(part.body()).isEqualTo(body);
            assertThat(part.headers().firstValueAsLong("Content-Length")).hasValue(body.length());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,3-4", "lines=1-2", "bytes=5-2", "bytes=x"})
    void a_range_that_is_not_understood_is_answered_with_the_whole(String range) throws Exception {
        put("a11/file", text("0123456789"));

        HttpResponse<String> whole =
                http.send(request("a11/file").header("Range", range).build(), BodyHandlers.ofString());

        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo("0123456789");
        assertThat(whole.headers().firstValue("Content-Range")).isEmpty();
    }

    @Test
    void what_a_crash_left_behind_is_removed_after_a_day() throws Exception {
        put("a12/kept", text("kept " + ThreadLocalRandom.current().nextLong()));
        Path upload = state.resolve("artifacts/incoming/abandoned");
        Path unnamed = state.resolve("artifacts/00/00" + "ab".repeat(31));
        Files.createDirectories(unnamed.getParent());
        Files.writeString(upload, "half");
        Files.writeString(unnamed, "whole, but nobody's");
        housekeeping.sweep();
        assertThat(upload).exists();
        assertThat(unnamed).exists();

        clock.advance(Duration.ofHours(25));
        try {
            housekeeping.sweep();
        } finally {
            clock.reset();
        }

        assertThat(upload).doesNotExist();
        assertThat(unnamed).doesNotExist();
        assertThat(get("a12/kept").body()).startsWith("kept");
    }

    @Test
    void a_runs_artifacts_are_listed_from_its_root() throws Exception {
        String run = given().contentType("application/json")
                .body("{\"experiment_id\": \"0\"}")
                .post("/api/2.0/mlflow/runs/create")
                .path("run.info.run_id");
        put("0/%s/artifacts/model/MLmodel".formatted(run), text("x"));

        when().get("/api/2.0/mlflow/artifacts/list?run_uuid=%s&path=model".formatted(run))
                .then()
                .body("root_uri", equalTo("mlflow-artifacts:/0/%s/artifacts".formatted(run)))
                .body("files[0].path", equalTo("model/MLmodel"))
                .body("files[0].file_size", equalTo(1));
        when().get("/api/2.0/mlflow/artifacts/list?run_id=%s".formatted("0".repeat(32)))
                .then()
                .statusCode(404);
    }

    private HttpResponse<String> put(String path, BodyPublisher body) throws IOException, InterruptedException {
        URI uri = URI.create(proxy + path.replace(" ", "%20").replace("ä", "%C3%A4"));
        return http.send(HttpRequest.newBuilder(uri).PUT(body).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(proxy + path));
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofString(text);
    }

    /// Sends a request line exactly as it is, which no well-behaved client would, and returns the status.
    private int raw(String line) throws IOException {
        URI uri = URI.create(proxy);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write((line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + "Content-Type: application/octet-stream\r\nContent-Length: 1\r\n\r\nx")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(answer.split(" ")[1]);
        }
    }
}
