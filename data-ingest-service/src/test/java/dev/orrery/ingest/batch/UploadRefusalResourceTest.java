package dev.orrery.ingest.batch;

import static dev.orrery.ingest.Sender.accepted;
import static dev.orrery.ingest.Sender.csv;
import static dev.orrery.ingest.Sender.dataset;
import static dev.orrery.ingest.Sender.published;
import static dev.orrery.ingest.Sender.rows;
import static dev.orrery.ingest.Sender.send;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Row;
import dev.orrery.contracts.event.RowsIngested;
import dev.orrery.contracts.event.SchemaActivated;
import dev.orrery.ingest.Sender;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class UploadRefusalResourceTest {

    @ConfigProperty(name = "orrery.state")
    Path state;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id,note,left~a,'"x~y"',true~b,true~          | line 4: the row has 2 fields where the header has 3
            id,note,left~a,x,true,more~                  | line 2: the row has 4 fields where the header has 3
            id,note,left~a,x,true~b,'"x,true~c,x,true~'  | line 3: a quote is opened here and never closed
            id,note,left~a,x,true~b,'"x" y',true~        | line 3: text after the closing quote
            ''                                           | line 1: the file is empty
            id,note,left~                                | line 1: the file has a header and no rows
            a,x,true~b,y,false~                          | line 1: none of the 3 fields is a column
            id,note,id,left~a,x,b,true~                  | line 1: column 'id' is there twice
            id,,left~a,x,true~                           | line 1: column 2 of the header has no name
            id,notes,left~a,x,true~                      | line 1: column 'notes' is not in dataset
            id,left~a,true~                              | line 1: column 'note' of dataset
            """)
    void a_malformed_file_is_refused_with_its_line_and_nothing_of_it_stays(String content, String detail) {
        dataset("refused", "id", "note", "left");
        List<Path> before = landed();

        String file = content.replace("'", "").replace('~', '\n');
        send("refused", file)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", equalTo(400))
                .body("detail", startsWith(detail))
                .body("errors[0].field", equalTo(detail.substring(0, detail.indexOf(':'))));

        assertThat(landed()).containsExactlyElementsOf(before);
        given().get("/v1/batches?dataset=refused").then().body("batches.size()", equalTo(0));
    }

    @Test
    void another_encoding_is_refused_with_its_line() {
        dataset("refused-latin", "id", "note", "left");
        List<Path> before = landed();

        send("refused-latin", "id,note,left\na,x,true\nb,caf\u00e9,true\n".getBytes(StandardCharsets.ISO_8859_1))
                .then()
                .statusCode(400)
                .body("detail", startsWith("line 3: byte 0xE9 is not UTF-8"));

        assertThat(landed()).containsExactlyElementsOf(before);
    }

    @ParameterizedTest
    @CsvSource({
        "504b030414000600, a ZIP archive or an .xlsx workbook",
        "d0cf11e0a1b11ae1, an .xls workbook",
        "1f8b080000000000, compressed with gzip",
        "5041523115041500, a Parquet file"
    })
    void another_kind_of_file_is_named(String start, String kind) {
        dataset("refused-kind", "id", "note", "left");

        send("refused-kind", HexFormat.of().parseHex(start))
                .then()
                .statusCode(400)
                .body("detail", equalTo("line 1: the file is %s; send it as CSV, uncompressed".formatted(kind)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {"id;note;left ~ ';'", "id\tnote\tleft ~ tabs", "id|note|left ~ '|'", "sep=; ~ 'sep=;'"})
    void another_separator_is_named(String header, String separator) {
        dataset("refused-separator", "id", "note", "left");

        send("refused-separator", header + "\na,x,true\n")
                .then()
                .statusCode(400)
                .body("detail", startsWith("line 1: the fields are separated by"))
                .body("detail", containsString(separator));
    }

    @Test
    void nothing_of_a_refused_file_is_published() {
        dataset("not-published", "id", "left");
        send("not-published", "id,left\na,true\nb\n").then().statusCode(400);

        String batch = accepted("not-published", "id,left\nc,true\n");
        published(batch);

        assertThat(Topics.present(
                        Topic.RECORDS_INGESTED,
                        RowsIngested.class,
                        rows -> rows.header().dataset().equals("not-published")))
                .flatExtracting(RowsIngested::rows)
                .extracting(Row::entity)
                .containsExactly("c");
    }

    @Test
    void a_refused_file_leaves_the_equal_file_of_another_dataset_alone() throws IOException {
        dataset("shared-good", "id", "left");
        dataset("shared-bad", "id", "gone");
        String content = "id,left\na,true\n";
        String batch = accepted("shared-good", content);
        published(batch);

        send("shared-bad", content).then().statusCode(400);

        assertThat(landed().stream().map(Path::getFileName).map(Path::toString))
                .contains(given().get("/v1/batches/" + batch).then().extract().<String>path("digest") + ".csv");
    }

    @Test
    void a_file_is_sent_once_under_one_idempotency_key() {
        dataset("once", "id", "left");

        String first = keyed("once", "monday", "id,left\na,true\n")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        String again = keyed("once", "monday", "id,left\na,true\n")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        String other = keyed("once", "tuesday", "id,left\na,true\n")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        published(other);

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
        assertThat(rows(first)).hasSize(1);
    }

    @Test
    void one_idempotency_key_with_two_contents_is_a_conflict() throws IOException {
        dataset("twice", "id", "left");
        keyed("twice", "monday", "id,left\na,true\n").then().statusCode(202);
        List<Path> before = landed();

        keyed("twice", "monday", "id,left\nb,true\n")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("another content"));

        assertThat(landed()).containsExactlyElementsOf(before);
    }

    @Test
    void datasets_do_not_share_idempotency_keys() {
        dataset("key-a", "id", "left");
        dataset("key-b", "id", "left");

        String a = keyed("key-a", "1", "id,left\na,true\n")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        String b = keyed("key-b", "1", "id,left\nb,true\n")
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        assertThat(a).isNotEqualTo(b);
    }

    @Test
    void senders_that_race_with_one_key_get_one_batch() {
        dataset("race", "id", "left");

        List<String> batches = Stream.generate(() -> "id,left\na,true\n")
                .limit(8)
                .parallel()
                .map(content -> keyed("race", "k", content)
                        .then()
                        .statusCode(202)
                        .extract()
                        .<String>path("id"))
                .distinct()
                .toList();

        assertThat(batches).hasSize(1);
        given().get("/v1/batches?dataset=race").then().body("batches.size()", equalTo(1));
    }

    @Test
    void a_content_digest_is_checked() throws Exception {
        dataset("digest", "id", "left");
        String content = "id,left\na,true\n";
        String right = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        String wrong = Base64.getEncoder().encodeToString(new byte[32]);

        digested("sha-256=:" + right + ":", content).then().statusCode(202);
        digested("sha-512=:AAAA:, sha-256=:" + right + ":", content).then().statusCode(202);
        digested("md5=:AAAA:", content).then().statusCode(202);
        digested("sha-256=:" + wrong + ":", content)
                .then()
                .statusCode(400)
                .body("detail", containsString("does not match its Content-Digest"));
        digested("sha-256=:AAAA:", content).then().statusCode(400).body("detail", containsString("RFC 9530"));
        digested("sha-256=nonsense", content).then().statusCode(400).body("detail", containsString("RFC 9530"));
    }

    @Test
    void an_upload_that_breaks_off_leaves_nothing_even_at_the_end_of_a_row() throws IOException {
        String dataset = dataset("broken-off", "id", "left");
        List<Path> before = landed();

        for (String head : List.of("Content-Length: 1000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n10\r\n")) {
            try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
                String request =
                        "POST /v1/datasets/broken-off/batches HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
                                + head + "id,left\naa,true\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                await().until(() -> landed().size() > before.size());
            }
            await().untilAsserted(() -> assertThat(landed()).containsExactlyElementsOf(before));
        }
        given().get("/v1/batches?dataset=" + dataset).then().body("batches.size()", equalTo(0));
    }

    @Test
    void a_large_file_for_an_unknown_dataset_is_answered_without_being_taken() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + RestAssured.port + "/v1/datasets/nowhere-at-all/batches"))
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofByteArray(new byte[20 << 20]))
                .build();

        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void a_schema_that_only_a_newer_version_understands_is_named_and_what_comes_after_it_is_taken() {
        SchemaActivated newer =
                new SchemaActivated("newer", 1, Sender.schema(List.of(), "id", "left"), null, Instant.now());
        Topics.publishNewer(newer, "\"text\"", "\"vector\"");

        await().untilAsserted(() -> send("newer", "id,left\na,true\n")
                .then()
                .statusCode(409)
                .body("detail", containsString("column type 'vector' is not known here: it needs a newer version")));
        Sender.announce("newer", 2, Sender.schema(List.of(), "id", "left"));
        await().untilAsserted(() -> send("newer", "id,left\na,true\n").then().statusCode(202));
    }

    @Test
    void an_unusable_idempotency_key_is_refused() {
        dataset("keys", "id", "left");

        keyed("keys", "x".repeat(256), "id,left\na,true\n").then().statusCode(400);
    }

    @Test
    void an_unknown_batch_is_not_found() {
        for (String id : List.of("01a20a6c-0366-7bfd-8257-30d90e35b99c", "no-id")) {
            given().get("/v1/batches/" + id)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("detail", containsString(id));
        }
    }

    private static Response keyed(String dataset, String key, String content) {
        return csv().header("Idempotency-Key", key).body(content).post("/v1/datasets/{dataset}/batches", dataset);
    }

    private static Response digested(String digest, String content) {
        return csv().header("Content-Digest", digest).body(content).post("/v1/datasets/digest/batches");
    }

    private List<Path> landed() {
        Path landing = state.resolve("landing");
        if (Files.notExists(landing)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(landing)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
