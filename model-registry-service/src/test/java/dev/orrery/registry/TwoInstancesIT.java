package dev.orrery.registry;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.ModelVersionChanged;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.testing.Platform;
import dev.orrery.testing.ServiceProcess;
import dev.orrery.testing.Topics;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What only several processes show: they share a database, a broker and a folder, and nothing else.
class TwoInstancesIT {

    private static final Platform PLATFORM = new Platform();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static ServiceProcess one;
    private static ServiceProcess other;

    @BeforeAll
    static void start() throws IOException {
        Map<String, String> settings = PLATFORM.start();
        one = ServiceProcess.start(settings);
        other = ServiceProcess.start(settings);
        RestAssured.port = one.port();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        PLATFORM.stop();
    }

    @Test
    void use_cases_and_promotions_that_reach_both_at_once_end_in_one_order_which_outlives_one_of_them()
            throws JsonProcessingException {
        int count = 6;
        UseCaseText.put("ti01");
        IntStream.range(0, count).forEach(i -> TinyModel.register("ti01"));

        try (ExecutorService threads = Executors.newFixedThreadPool(2 * count)) {
            for (int i = 1; i <= count; i++) {
                int number = i;
                List.of(one, other).forEach(instance -> {
                    threads.submit(() -> put(instance, revision(number, instance)));
                    threads.submit(() -> promote(instance, number));
                });
            }
        }

        assertThat(revisions(2 * count + 1))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 2 * count + 1).boxed().toList());
        JsonNode deployment = get(other, "/v1/deployments/ti01");
        long revision = deployment.path("revision").asLong();
        // What serves already is told again, so there are more events than revisions: the last one is waited for.
        Topics.await(Topic.DEPLOYMENTS, DeploymentChanged.class, changed -> changed.revision() == revision, 1);
        assertThat(deployments((int) revision).stream().distinct())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, revision).boxed().toList());
        int serving = deployment.path("slots").path(0).path("version").asInt();
        JsonNode model = get(one, "/v1/models").path("models").path(0);
        assertThat(model.path("aliases").path("champion").asInt()).isEqualTo(serving);
        for (int version = 1; version <= count; version++) {
            int its = version;
            List<Long> told = Topics.present(
                            Topic.MODEL_VERSIONS, ModelVersionChanged.class, changed -> changed.version() == its)
                    .stream()
                    .map(ModelVersionChanged::revision)
                    .toList();
            assertThat(told).isSorted().startsWith(1L);
        }

        one.close();
        put(other, revision(99, other)).then().statusCode(200);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(revisions(2 * count + 2)).hasSize(2 * count + 2));
    }

    private static String revision(int number, ServiceProcess instance) {
        return UseCaseText.of("ti01").replace("seed: 7", "seed: %d%d".formatted(number, instance == one ? 1 : 2));
    }

    private static List<Integer> revisions(int atLeast) {
        return Topics.await(Topic.USE_CASES, UseCaseRevised.class, revised -> true, atLeast).stream()
                .map(UseCaseRevised::revision)
                .toList();
    }

    private static List<Long> deployments(int atLeast) {
        return Topics.await(Topic.DEPLOYMENTS, DeploymentChanged.class, changed -> true, atLeast).stream()
                .map(DeploymentChanged::revision)
                .toList();
    }

    private static Response put(ServiceProcess instance, String file) {
        return given().config(UseCaseText.AS_TEXT)
                .contentType("application/yaml")
                .body(file)
                .put(instance.uri("/v1/use-cases/ti01"));
    }

    private static void promote(ServiceProcess instance, int version) {
        when().post(instance.uri("/v1/models/ti01/versions/%d/promotion".formatted(version)));
    }

    private static JsonNode get(ServiceProcess instance, String path) throws JsonProcessingException {
        return Json.MAPPER.readTree(when().get(instance.uri(path)).asString());
    }
}
