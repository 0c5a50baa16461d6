package dev.orrery.inference.hostile;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.inference.Deployed;
import dev.orrery.inference.Shelf;
import dev.orrery.model.PackageFiles;
import dev.orrery.testing.Platform;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What nobody should send has an expected answer each, is not noticed by others, and does not end the process.
class HostileIT {

    private static final Platform PLATFORM = new Platform();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MEGABYTE = 1 << 20;

    private static Target target;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> settings = new HashMap<>(PLATFORM.start());
        settings.put("orrery.door.bodies.patience", "2s");
        settings.put("orrery.door.head-patience", "2s");
        target = new Target(settings);
    }

    @AfterAll
    static void stop() {
        target.close();
        PLATFORM.stop();
    }

    @AfterEach
    void others_are_answered() {
        target.requireWell();
        // What turned many away before turns nobody away any more.
        await().atMost(PATIENCE).until(() -> IntStream.range(0, 50).allMatch(i -> target.isWell()));
    }

    @ParameterizedTest
    @ValueSource(strings = {Target.ROWS, Target.INFER})
    void deep_json_is_refused(String path) {
        String deep = "[".repeat(200_000) + "]".repeat(200_000);

        assertThat(target.post(path, Target.JSON, deep.getBytes(UTF_8)).statusCode())
                .isEqualTo(400);
        assertThat(target.post(path, Target.JSON, ("{\"inputs\":" + deep + "}").getBytes(UTF_8))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_hundred_megabytes_are_refused_before_they_are_sent() throws Exception {
        try (RawClient client = new RawClient(target.service())) {
            client.send(RawClient.head(Target.ROWS, Target.JSON, 100L * MEGABYTE));

            assertThat(client.status()).isEqualTo(413);
        }
    }

    @Test
    void a_hundred_megabytes_in_chunks_are_refused_or_cut_off() throws Exception {
        try (RawClient client = new RawClient(target.service())) {
            client.send("""
                    POST %s HTTP/1.1\r
                    Host: localhost\r
                    Content-Type: application/json\r
                    Transfer-Encoding: chunked\r
                    \r
                    """.formatted(Target.ROWS).getBytes(UTF_8));
            byte[] chunk = ("100000\r\n" + " ".repeat(MEGABYTE) + "\r\n").getBytes(UTF_8);
            for (int i = 0; i < 100 && sent(client, chunk); i++) {
                assertThat(target.service().alive()).isTrue();
            }

            assertThat(client.status()).isIn(413, 408, 0);
        }
    }

    @Test
    void clients_that_send_a_byte_now_and_then_are_let_go_of() throws Exception {
        List<RawClient> slow = new ArrayList<>();
        byte[] head = RawClient.head(Target.ROWS, Target.JSON, 5_000_000);
        for (int i = 0; i < 100; i++) {
            slow.add(new RawClient(target.service()).send(Arrays.copyOf(head, 20)));
            slow.add(new RawClient(target.service()).send(RawClient.head(Target.ROWS, Target.JSON, 1000)));
        }
        target.requireWell();

        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            slow.removeIf(client -> !sent(client, new byte[] {' '}));
            return slow.isEmpty();
        });
        assertThat(target.get("/q/metrics").body())
                .containsPattern("orrery_http_shed_total\\{reason=\"slow-head\"\\} [1-9]")
                .containsPattern("orrery_http_shed_total\\{reason=\"slow-body\"\\} [1-9]");
    }

    @Test
    void hanging_up_is_nobodys_trouble() throws Exception {
        for (int i = 0; i < 200; i++) {
            RawClient client = new RawClient(target.service());
            client.send(
                    RawClient.head(i % 2 == 0 ? Target.ROWS : Target.INFER, Target.JSON, i % 3 == 0 ? 60 : 100_000));
            client.send(Target.GOOD.getBytes(UTF_8));
            client.reset();
        }
    }

    @Test
    void nan_is_explained() {
        for (String number : List.of("NaN", "Infinity", "-Infinity", "1e400", "01", "1.", ".5", "0x10")) {
            HttpResponse<String> answer = target.post(
                    Target.ROWS,
                    Target.JSON,
                    "{\"tenure\": %s, \"contract\": \"a\"}".formatted(number).getBytes(UTF_8));
            assertThat(answer.statusCode()).as(number).isEqualTo(400);
            assertThat(answer.body()).doesNotContain("jackson", "Exception", "java.");
        }
    }

    @Test
    void shapes_that_do_not_fit_are_refused() {
        for (String shape : List.of(
                "[]", "[0]", "[-1]", "[2]", "[1,2]", "[1,1,1]", "[9223372036854775807]", "[1e9]", "{}", "null")) {
            String body = """
                    {"inputs": [{"name": "tenure", "shape": %s, "datatype": "FP32", "data": [1]},
                     {"name": "contract", "shape": [1], "datatype": "BYTES", "data": ["a"]}]}
                    """.formatted(shape);
            assertThat(target.post(Target.INFER, Target.JSON, body.getBytes(UTF_8))
                            .statusCode())
                    .as(shape)
                    .isEqualTo(400);
        }
    }

    @Test
    void ten_thousand_rows_by_thirty_two_at_once_are_answered_or_refused() throws Exception {
        byte[] rows = IntStream.range(0, 10_000)
                .mapToObj(row -> "{\"tenure\":%d,\"contract\":\"one-year\"}".formatted(row % 70))
                .collect(Collectors.joining(",", "[", "]"))
                .getBytes(UTF_8);
        try (ExecutorService clients = Executors.newFixedThreadPool(32)) {
            Callable<Integer> call =
                    () -> target.post(Target.ROWS, Target.JSON, rows).statusCode();
            List<Future<Integer>> all =
                    Collections.nCopies(32, call).stream().map(clients::submit).toList();
            for (Future<Integer> each : all) {
                assertThat(each.get()).isIn(200, 503);
            }
        }
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused() {
        byte[] overlong = {'{', '"', 't', 'e', 'n', 'u', 'r', (byte) 0xC1, (byte) 0xA5, '"', ':', '1', '}'};

        assertThat(target.post(Target.ROWS, Target.JSON, overlong).statusCode()).isEqualTo(400);
        assertThat(target.post(Target.ROWS, Target.JSON, Target.GOOD.getBytes(UTF_16))
                        .statusCode())
                .isEqualTo(400);
        assertThat(target.post(Target.ROWS, "text/csv", "tenure\n1".getBytes(UTF_16))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void bytes_that_are_no_message_are_invalid_arguments() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            byte[] message = new byte[1 + random.nextInt(200)];
            random.nextBytes(message);
            assertThat(target.infer(message))
                    .as(HexFormat.of().formatHex(message))
                    .isIn(Status.Code.INVALID_ARGUMENT, Status.Code.NOT_FOUND);
        }
        assertThat(target.infer(new byte[9 * MEGABYTE])).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void models_that_are_none_or_reach_for_other_files_are_never_served() {
        Map<String, byte[]> corrupt = Shelf.tiny();
        byte[] model = corrupt.get(PackageFiles.MODEL);
        corrupt.put(PackageFiles.MODEL, Arrays.copyOf(model, model.length / 2));
        Map<String, byte[]> noise = Shelf.tiny();
        byte[] random = new byte[10_000];
        new Random(3).nextBytes(random);
        noise.put(PackageFiles.MODEL, random);
        Target.deploy(Deployed.shelf().deployment("corrupt", 1, corrupt));
        Target.deploy(Deployed.shelf().deployment("noise", 1, noise));
        Target.deploy(Deployed.shelf().deployment("absolute", 1, reaching("/etc/passwd")));
        Target.deploy(Deployed.shelf().deployment("upwards", 1, reaching("../../../../etc/passwd")));

        for (String endpoint : List.of("corrupt", "noise", "absolute", "upwards")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    target.get("/v1/endpoints/" + endpoint).body())
                            .contains("failure")
                            .doesNotContain("root:"));
            assertThat(target.get("/v2/models/%s/ready".formatted(endpoint)).statusCode())
                    .isEqualTo(400);
        }
        assertThat(target.get("/v1/endpoints/absolute").body()).contains("external data");
    }

    @Test
    void models_that_nobody_knows_leave_nothing_behind() {
        for (int i = 0; i < 250; i++) {
            assertThat(target.post("/v2/models/nobody-%d/infer".formatted(i), Target.JSON, "{}".getBytes(UTF_8))
                            .statusCode())
                    .isEqualTo(404);
        }

        assertThat(target.get("/q/metrics").body()).doesNotContain("nobody-");
    }

    @Test
    void two_thousand_connections_are_answered_or_refused_at_once() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        byte[] good = request();
        for (int i = 0; i < 2000; i++) {
            clients.add(new RawClient(target.service()));
        }
        for (RawClient client : clients) {
            client.send(good);
        }
        for (RawClient client : clients) {
            assertThat(client.status()).isIn(200, 503);
            client.close();
        }
    }

    private static byte[] request() throws Exception {
        byte[] body = Target.GOOD.getBytes(UTF_8);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(RawClient.head(Target.ROWS, Target.JSON, body.length));
        whole.write(body);
        return whole.toByteArray();
    }

    private static boolean sent(RawClient client, byte[] bytes) {
        try {
            client.send(bytes);
            return true;
        } catch (java.io.IOException _) {
            return false;
        }
    }

    /// The tiny model, and behind it one more constant of its graph, whose numbers are in another file. Messages that
    /// are written one behind the other are one message.
    private static Map<String, byte[]> reaching(String file) {
        Map<String, byte[]> files = Shelf.tiny();
        byte[] location = field(13, concat(field(1, "location".getBytes(UTF_8)), field(2, file.getBytes(UTF_8))));
        byte[] outside = {14 << 3, 1};
        byte[] dims = {1 << 3, 4};
        byte[] type = {2 << 3, 1};
        byte[] constant = concat(dims, type, field(8, "w".getBytes(UTF_8)), location, outside);
        files.put(PackageFiles.MODEL, concat(files.get(PackageFiles.MODEL), field(7, field(5, constant))));
        return files;
    }

    private static byte[] field(int number, byte[] content) {
        return concat(new byte[] {(byte) (number << 3 | 2), (byte) content.length}, content);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
