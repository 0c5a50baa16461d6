package dev.orrery.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.PredictionsMade;
import dev.orrery.monitoring.drift.World;
import dev.orrery.testing.Platform;
import dev.orrery.testing.ServiceProcess;
import dev.orrery.testing.Topics;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What only packaged services show: being killed, several of them.
class MonitoringIT {

    private static final Platform PLATFORM = new Platform();
    private static final Registry REGISTRY = new Registry();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int WINDOW = 700;
    private static final int INSTANCES = 6;
    private static final int EACH = 10_000;

    private static final Map<String, String> SETTINGS = new HashMap<>();

    @BeforeAll
    static void startPlatform() {
        SETTINGS.putAll(PLATFORM.start());
        SETTINGS.putAll(REGISTRY.start());
    }

    @AfterAll
    static void stopPlatform() {
        CLIENT.close();
        REGISTRY.stop();
        PLATFORM.stop();
    }

    @Test
    void each_prediction_is_in_one_window_though_both_of_two_instances_are_killed_and_blocks_are_sent_twice()
            throws Exception {
        World world = new World(77);
        Registry.offer("killed", 1, world.profile());
        new Endpoint("killed").announce(1, WINDOW, Duration.ofHours(1));
        List<PredictionsMade> blocks = interleaved(world);
        int third = blocks.size() / 3;

        try (ServiceProcess first = ServiceProcess.start(SETTINGS)) {
            publish(blocks.subList(0, third));
            awaitPredictions(first, 1);
            try (ServiceProcess second = ServiceProcess.start(SETTINGS)) {
                publish(blocks.subList(third, 2 * third));
                first.kill();
                awaitPredictions(second, INSTANCES * EACH / 3);
                publish(blocks.subList(2 * third, blocks.size()));
                second.kill();
            }
        }
        publish(blocks.subList(third / 2, third));
        try (ServiceProcess last = ServiceProcess.start(SETTINGS)) {
            int total = INSTANCES * EACH;
            awaitPredictions(last, total);
            List<EvaluationClosed> windows =
                    await().atMost(PATIENCE).until(MonitoringIT::windows, closed -> closed.size() >= total / WINDOW);

            assertThat(windows)
                    .extracting(EvaluationClosed::window)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, total / WINDOW).boxed().toList());
            assertThat(windows).extracting(EvaluationClosed::predictions).containsOnly((long) WINDOW);
            assertThat(open(last)).isEqualTo(total % WINDOW);
        }
    }

    /// Blocks of several instances, in an order of their own.
    private static List<PredictionsMade> interleaved(World world) {
        List<List<PredictionsMade>> queues = new ArrayList<>(IntStream.range(0, INSTANCES)
                .mapToObj(i -> (List<PredictionsMade>)
                        new ArrayList<>(new Endpoint("killed", "instance-" + i).blocks(1, world, EACH)))
                .toList());
        Random random = new Random(77);
        List<PredictionsMade> all = new ArrayList<>();
        while (!queues.isEmpty()) {
            int next = random.nextInt(queues.size());
            all.add(queues.get(next).removeFirst());
            queues.removeIf(List::isEmpty);
        }
        return all;
    }

    private static void publish(List<PredictionsMade> blocks) {
        Topics.publish(blocks.toArray(PredictionsMade[]::new));
    }

    private static void awaitPredictions(ServiceProcess service, int atLeast) {
        await().atMost(PATIENCE)
                .until(() -> monitor(service).path("predictions").asInt(), counted -> counted >= atLeast);
    }

    /// What an instance told and was killed before it noted so is told again: the same window, word for word.
    private static List<EvaluationClosed> windows() {
        return Topics.present(
                        Topic.EVALUATIONS,
                        EvaluationClosed.class,
                        closed -> closed.endpoint().equals("killed"))
                .stream()
                .distinct()
                .toList();
    }

    private static int open(ServiceProcess service) throws Exception {
        JsonNode version = monitor(service).path("versions").path(0);
        assertThat(version.path("predictions").asInt()).isEqualTo(INSTANCES * EACH);
        return version.path("open_window").path("predictions").asInt();
    }

    private static JsonNode monitor(ServiceProcess service) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(service.uri("/v1/monitors/killed")).build();
        HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
        return Json.MAPPER.readTree(answer.body());
    }
}
