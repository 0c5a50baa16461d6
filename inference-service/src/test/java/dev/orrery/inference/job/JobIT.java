package dev.orrery.inference.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import dev.orrery.inference.Deployed;
import dev.orrery.inference.Shelf;
import dev.orrery.testing.Platform;
import dev.orrery.testing.ServiceProcess;
import dev.orrery.testing.Topics;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What only the packaged service shows: being killed in the middle of a job.
class JobIT {

    private static final Platform PLATFORM = new Platform();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int ROWS = 120_000;
    private static final int KILLS = 4;
    private static final int BROKEN = 997;

    private static final Map<String, String> SETTINGS = new HashMap<>();

    @BeforeAll
    static void startPlatform() {
        SETTINGS.putAll(PLATFORM.start());
        SETTINGS.put("orrery.jobs.part-rows", "1000");
    }

    @AfterAll
    static void stopPlatform() {
        CLIENT.close();
        PLATFORM.stop();
    }

    @Test
    void a_job_that_is_killed_again_and_again_scores_each_row_once_and_in_order() throws Exception {
        String rows = IntStream.rangeClosed(1, ROWS)
                .mapToObj(row -> "c-%d,%s,one-year".formatted(row, row % BROKEN == 0 ? "none" : row % 72))
                .collect(Collectors.joining("\n", "customer,tenure,contract\n", "\n"));
        String job;
        try (ServiceProcess service = ServiceProcess.start(SETTINGS)) {
            Topics.publish(Deployed.shelf().deployment("killed", 1, Shelf.tiny()));
            await().atMost(PATIENCE)
                    .until(() -> get(service, "/v2/models/killed/ready").statusCode() == 200);
            job = submit(service, rows);
            awaitRows(service, job, 1_000);
            service.kill();
        }
        for (int kill = 1; kill < KILLS; kill++) {
            try (ServiceProcess service = ServiceProcess.start(SETTINGS)) {
                awaitRows(service, job, rowsDone(service, job) + 1_000);
                service.kill();
            }
        }
        try (ServiceProcess service = ServiceProcess.start(SETTINGS)) {
            await().atMost(PATIENCE)
                    .until(() -> view(service, job).path("state").asText().equals("done"));

            List<String> scored = lines(service, job, "output");
            assertThat(scored.stream().skip(1).map(JobIT::number).toList())
                    .isEqualTo(IntStream.rangeClosed(1, ROWS)
                            .filter(row -> row % BROKEN != 0)
                            .boxed()
                            .toList());
            assertThat(lines(service, job, "errors").stream()
                            .skip(1)
                            .map(JobIT::number)
                            .toList())
                    .isEqualTo(IntStream.rangeClosed(1, ROWS)
                            .filter(row -> row % BROKEN == 0)
                            .boxed()
                            .toList());
            assertThat(view(service, job).path("rows_done").asInt()).isEqualTo(ROWS);
            assertThat(Path.of(SETTINGS.get("orrery.state"), "jobs", "kept", job, "input"))
                    .doesNotExist();
        }
    }

    private static String submit(ServiceProcess service, String rows) throws Exception {
        Path file = Files.createTempFile("orrery-test-", ".csv");
        try {
            Files.writeString(file, rows);
            HttpResponse<String> answer = CLIENT.send(
                    HttpRequest.newBuilder(service.uri("/v1/endpoints/killed/jobs"))
                            .header("Content-Type", "text/csv")
                            .POST(BodyPublishers.ofFile(file))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(202);
            return Json.MAPPER.readTree(answer.body()).path("id").asText();
        } finally {
            Files.delete(file);
        }
    }

    private static void awaitRows(ServiceProcess service, String job, int atLeast) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> rowsDone(service, job) >= Math.min(atLeast, ROWS));
    }

    private static int rowsDone(ServiceProcess service, String job) throws Exception {
        return view(service, job).path("rows_done").asInt();
    }

    private static JsonNode view(ServiceProcess service, String job) throws Exception {
        return Json.MAPPER.readTree(get(service, "/v1/jobs/" + job).body());
    }

    private static List<String> lines(ServiceProcess service, String job, String what) throws Exception {
        return get(service, "/v1/jobs/%s/%s".formatted(job, what))
                .body()
                .lines()
                .toList();
    }

    private static int number(String line) {
        return Integer.parseInt(line.substring(0, line.indexOf(',')));
    }

    private static HttpResponse<String> get(ServiceProcess service, String path)
            throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(service.uri(path)).build(), BodyHandlers.ofString());
    }
}
