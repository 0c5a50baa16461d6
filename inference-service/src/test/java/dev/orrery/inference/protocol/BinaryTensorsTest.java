package dev.orrery.inference.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import dev.orrery.inference.Deployed;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Triton's binary tensor extension, which `tritonclient` uses unless told otherwise.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class BinaryTensorsTest {

    private static final String JSON_LENGTH = "Inference-Header-Content-Length";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();

    @TestHTTPResource
    URI service;

    @BeforeEach
    void deploy() {
        Deployed.tiny("binary", 1);
    }

    /// The same two tenures, 12 and 1, in the bytes of each datatype; of BOOL they are 1 and 0.
    @ParameterizedTest
    @CsvSource({
        "INT8, 0c01, 12 1",
        "INT16, 0c000100, 12 1",
        "INT32, 0c00000001000000, 12 1",
        "INT64, 0c000000000000000100000000000000, 12 1",
        "UINT8, 0c01, 12 1",
        "UINT16, 0c000100, 12 1",
        "UINT32, 0c00000001000000, 12 1",
        "UINT64, 0c00000000000000ffffffffffffffff, 12 18446744073709551615",
        "FP16, 004a003c, 12 1",
        "BF16, 4041803f, 12 1",
        "FP32, 000040410000c07f, 12 null",
        "FP64, 0000000000002840000000000000f03f, 12 1",
        "BOOL, 0100, 1 0",
    })
    void every_datatype_means_what_its_bytes_say(String datatype, String hex, String values) throws Exception {
        byte[] raw = HexFormat.of().parseHex(hex);
        JsonNode binary = json(ask(body(datatype, raw, "", words("one-year", "never seen")), Map.of()));
        String[] numbers = values.split(" ");
        HttpResponse<byte[]> rows = post(
                "/v1/endpoints/binary/predictions",
                "[{\"tenure\":%s,\"contract\":\"one-year\"},{\"tenure\":%s,\"contract\":\"never seen\"}]"
                        .formatted((Object[]) numbers)
                        .getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/json"));
        JsonNode expected = Json.MAPPER.readTree(rows.body()).get("predictions");

        for (int row = 0; row < 2; row++) {
            assertThat(binary.at("/outputs/0/data/" + row).floatValue())
                    .as(expected.toString())
                    .isEqualTo(expected.at("/%d/score".formatted(row)).floatValue());
        }
    }

    @Test
    void explanations_come_as_binary_too() throws Exception {
        Asked body = body(
                "INT64",
                HexFormat.of().parseHex("0c000000000000000100000000000000"),
                ",\"parameters\":{\"binary_data_output\":true,\"explain\":true},\"outputs\":[{\"name\":\"score\"}]",
                words("one-year", "month-to-month"));

        HttpResponse<byte[]> answer = ask(body, Map.of());
        int length = Integer.parseInt(answer.headers().firstValue(JSON_LENGTH).orElseThrow());
        JsonNode json = Json.MAPPER.readTree(answer.body(), 0, length);
        ByteBuffer raw = ByteBuffer.wrap(answer.body(), length, answer.body().length - length)
                .order(ByteOrder.LITTLE_ENDIAN);

        assertThat(json.at("/outputs/1/name").textValue()).isEqualTo("explanation");
        assertThat(json.at("/outputs/1/parameters/binary_data_size").intValue())
                .isEqualTo(raw.remaining() - 2 * Float.BYTES);
        for (float score : new float[] {raw.getFloat(), raw.getFloat()}) {
            assertThat(score).isBetween(0f, 1f);
        }
        for (int row = 0; row < 2; row++) {
            byte[] text = new byte[raw.getInt()];
            raw.get(text);
            assertThat(Json.MAPPER.readTree(text).at("/contributions").size()).isEqualTo(2);
        }
        assertThat(raw.hasRemaining()).isFalse();
    }

    @Test
    void outputs_come_as_binary_where_that_is_asked_for() throws Exception {
        Asked body = body(
                "INT64",
                HexFormat.of().parseHex("0c000000000000000100000000000000"),
                ",\"parameters\":{\"binary_data_output\":true},\"outputs\":[{\"name\":\"score\"},"
                        + "{\"name\":\"decision\"},{\"name\":\"prediction_id\",\"parameters\":{\"binary_data\":false}}]",
                words("one-year", "month-to-month"));

        HttpResponse<byte[]> answer = ask(body, Map.of());
        int length = Integer.parseInt(answer.headers().firstValue(JSON_LENGTH).orElseThrow());
        JsonNode json = Json.MAPPER.readTree(answer.body(), 0, length);
        ByteBuffer raw = ByteBuffer.wrap(answer.body(), length, answer.body().length - length)
                .order(ByteOrder.LITTLE_ENDIAN);

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(json.at("/outputs/0/parameters/binary_data_size").intValue()).isEqualTo(8);
        assertThat(json.at("/outputs/0/data").isMissingNode()).isTrue();
        assertThat(raw.getFloat()).isBetween(0.327f, 0.328f);
        assertThat(raw.getFloat()).isBetween(0.789f, 0.790f);
        assertThat(new byte[] {raw.get(), raw.get()}).containsExactly(0, 1);
        assertThat(raw.hasRemaining()).isFalse();
        assertThat(json.at("/outputs/2/data")).hasSize(2);
    }

    @Test
    void words_go_out_behind_their_lengths() throws Exception {
        HttpResponse<byte[]> answer = ask(
                body(
                        "INT64",
                        HexFormat.of().parseHex("0c000000000000000100000000000000"),
                        ",\"outputs\":[{\"name\":\"prediction_id\",\"parameters\":{\"binary_data\":true}}]",
                        words("one-year", "one-year")),
                Map.of());
        int length = Integer.parseInt(answer.headers().firstValue(JSON_LENGTH).orElseThrow());
        ByteBuffer raw = ByteBuffer.wrap(answer.body(), length, answer.body().length - length)
                .order(ByteOrder.LITTLE_ENDIAN);

        for (int row = 0; row < 2; row++) {
            byte[] id = new byte[raw.getInt()];
            raw.get(id);
            assertThat(new String(id, StandardCharsets.UTF_8)).matches("[0-9a-z]+-[0-9]+");
        }
        assertThat(raw.hasRemaining()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INT64 | 0c00000000000000       | input 'tenure' has 1 elements, and its shape [2] says 2",
                "INT64 | 0c0000000000000001     | input 'tenure' has 9 bytes",
                "INT65 | 0c01                   | 'INT65'",
            })
    void bytes_that_do_not_fit_are_told_with_their_tensor(String datatype, String hex, String why) throws Exception {
        HttpResponse<byte[]> answer = ask(body(datatype, HexFormat.of().parseHex(hex), "", words("a", "b")), Map.of());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("error").textValue()).contains(why);
    }

    @Test
    void bytes_that_lack_or_are_left_and_a_wrong_length_are_told() throws Exception {
        Asked whole = body("INT8", new byte[] {12, 1}, "", words("a", "b"));
        byte[] longer = Arrays.copyOf(whole.bytes, whole.bytes.length + 3);
        byte[] shorter = Arrays.copyOf(whole.bytes, whole.bytes.length - 1);

        assertThat(error(longer, String.valueOf(whole.json))).contains("3 bytes behind its JSON");
        assertThat(error(shorter, String.valueOf(whole.json)))
                .contains("input 'contract': its binary_data_size is 10, and the body has 9 bytes left");
        assertThat(error(whole.bytes, "many")).contains("Inference-Header-Content-Length is 'many'");
        assertThat(error(whole.bytes, "99999")).contains("'99999', and the body has");
        assertThat(error(whole.bytes, "-1")).contains("'-1'");
    }

    @Test
    void a_client_need_not_say_what_it_sends() throws Exception {
        Asked body = body("INT8", new byte[] {12, 1}, "", words("a", "b"));

        HttpResponse<byte[]> answer =
                post("/v2/models/binary/infer", body.bytes, Map.of(JSON_LENGTH, String.valueOf(body.json)));

        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"gzip", "deflate"})
    void a_large_answer_is_compressed_as_the_client_likes_it(String coding) throws Exception {
        int rows = 500;
        String tenure = "12,".repeat(rows - 1) + "12";
        String contract = "\"a\",".repeat(rows - 1) + "\"a\"";
        byte[] body = ("{\"inputs\":[{\"name\":\"tenure\",\"shape\":[500],\"datatype\":\"FP32\",\"data\":[" + tenure
                        + "]},{\"name\":\"contract\",\"shape\":[500],\"datatype\":\"BYTES\",\"data\":[" + contract
                        + "]}],"
                        + "\"outputs\":[{\"name\":\"score\",\"parameters\":{\"binary_data\":true}},{\"name\":\"prediction_id\"}]}")
                .getBytes(StandardCharsets.UTF_8);

        HttpResponse<byte[]> answer = post(
                "/v2/models/binary/infer",
                body,
                Map.of("Content-Type", "application/json", "Accept-Encoding", coding + ", br;q=0.5"));

        assertThat(answer.headers().firstValue("Content-Encoding")).contains(coding);
        byte[] expanded = expand(coding, answer.body());
        int length = Integer.parseInt(answer.headers().firstValue(JSON_LENGTH).orElseThrow());
        JsonNode json = Json.MAPPER.readTree(expanded, 0, length);
        assertThat(json.at("/outputs/1/data")).hasSize(rows);
        assertThat(expanded.length - length).isEqualTo(4 * rows);
    }

    /// @param json how much of it is JSON
    private record Asked(byte[] bytes, int json) {}

    private static Asked body(String datatype, byte[] tenure, String more, byte[] contract) {
        byte[] json = ("{\"inputs\":[{\"name\":\"tenure\",\"shape\":[2],\"datatype\":\"%s\","
                        + "\"parameters\":{\"binary_data_size\":%d}},"
                        + "{\"name\":\"contract\",\"shape\":[2],\"datatype\":\"BYTES\","
                        + "\"parameters\":{\"binary_data_size\":%d}}]%s}")
                .formatted(datatype, tenure.length, contract.length, more)
                .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(json);
        body.writeBytes(tenure);
        body.writeBytes(contract);
        return new Asked(body.toByteArray(), json.length);
    }

    private static byte[] words(String... words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String word : words) {
            byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(utf8.length)
                    .array());
            bytes.writeBytes(utf8);
        }
        return bytes.toByteArray();
    }

    private static byte[] expand(String coding, byte[] body) throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(body);
        try (var stream = coding.equals("gzip") ? new GZIPInputStream(bytes) : new InflaterInputStream(bytes)) {
            return stream.readAllBytes();
        }
    }

    private String error(byte[] body, String length) throws Exception {
        HttpResponse<byte[]> answer = post(
                "/v2/models/binary/infer",
                body,
                Map.of("Content-Type", "application/octet-stream", JSON_LENGTH, length));
        assertThat(answer.statusCode()).isEqualTo(400);
        return json(answer).get("error").textValue();
    }

    private HttpResponse<byte[]> ask(Asked body, Map<String, String> headers) throws Exception {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/octet-stream");
        all.put(JSON_LENGTH, String.valueOf(body.json));
        return post("/v2/models/binary/infer", body.bytes, all);
    }

    private HttpResponse<byte[]> post(String path, byte[] body, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.resolve(path)).POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
        return Json.MAPPER.readTree(answer.body());
    }
}
