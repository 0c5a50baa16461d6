package dev.orrery.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.Role;
import dev.orrery.testing.Platform;
import dev.orrery.testing.ServiceProcess;
import dev.orrery.testing.Topics;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only packaged services show: switching under load, and dying in the middle of it.
class SwitchIT {

    private static final Platform PLATFORM = new Platform();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int SWITCHES = 12;
    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");
    private static final Pattern REVISION = Pattern.compile("\"revision\":(\\d+)");

    private static Map<String, String> settings;

    @TempDir
    private Path folder;

    /// Customers who ask one instance, again and again.
    private static final class Customers {
        private final AtomicBoolean enough = new AtomicBoolean();
        private final AtomicInteger answered = new AtomicInteger();
        private final List<String> failures = new CopyOnWriteArrayList<>();
        private final Map<Integer, AtomicInteger> versions = new ConcurrentHashMap<>();

        void ask(ServiceProcess service, int customer) {
            while (!enough.get()) {
                try {
                    HttpResponse<String> answer = predict(service, customer);
                    if (answer.statusCode() == 200) {
                        versions.computeIfAbsent(number(VERSION, answer), _ -> new AtomicInteger())
                                .incrementAndGet();
                        answered.incrementAndGet();
                    } else {
                        failures.add(answer.statusCode() + " " + answer.body());
                    }
                } catch (IOException e) {
                    failures.add(e.toString());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    @BeforeAll
    static void startPlatform() {
        settings = PLATFORM.start();
    }

    @AfterAll
    static void stopPlatform() {
        CLIENT.close();
        PLATFORM.stop();
    }

    @Test
    void switching_fails_no_request_and_whoever_dies_in_the_middle_of_it_comes_back_with_what_he_had()
            throws Exception {
        Map<String, String> other = at("second");
        try (ServiceProcess first = ServiceProcess.start(at("first"));
                ServiceProcess second = ServiceProcess.start(other);
                ExecutorService clients = Executors.newFixedThreadPool(4)) {
            Topics.publish(change(1));
            awaitRevision(first, 1);
            awaitRevision(second, 1);
            Customers customers = new Customers();
            for (int customer = 0; customer < 4; customer++) {
                int number = customer;
                clients.submit(() -> customers.ask(first, number));
            }

            int served = 0;
            for (int revision = 2; revision <= SWITCHES; revision++) {
                int before = customers.answered.get();
                await().atMost(PATIENCE).until(() -> customers.answered.get() > before + 20);
                Topics.publish(change(revision));
                if (revision == SWITCHES / 2) {
                    served = number(REVISION, get(second, "/v1/endpoints/switched"));
                    second.kill();
                }
                awaitRevision(first, revision);
            }
            customers.enough.set(true);
            clients.shutdown();

            assertThat(customers.failures).isEmpty();
            assertThat(customers.versions).containsKeys(1, 2);
            try (ServiceProcess back = ServiceProcess.start(other)) {
                assertThat(number(REVISION, get(back, "/v1/endpoints/switched")))
                        .isGreaterThanOrEqualTo(served);
                awaitRevision(back, SWITCHES);
                for (int customer = 0; customer < 20; customer++) {
                    assertThat(number(VERSION, predict(back, customer)))
                            .isEqualTo(number(VERSION, predict(first, customer)));
                }
            }
        }
    }

    @Test
    void without_registry_and_broker_all_versions_answer_again_and_a_second_process_is_kept_out() throws Exception {
        Map<String, String> alone = at("alone");
        try (ServiceProcess service = ServiceProcess.start(alone)) {
            Topics.publish(split("alone", 1));
            await().atMost(PATIENCE)
                    .until(() -> get(service, "/v2/models/alone/ready").statusCode() == 200);

            assertThatThrownBy(() -> ServiceProcess.start(alone))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("did not start");
            assertThat(Files.readString(Path.of("target/service-process.log")))
                    .containsPattern("process \\d+ uses the state folder \\S*alone; .* ORRERY_STATE");
            service.kill();
        }
        Map<String, String> cutOff = new HashMap<>(alone);
        cutOff.put("kafka.bootstrap.servers", "127.0.0.1:1");

        Deployed.shelf().broken(true);
        try (ServiceProcess service = ServiceProcess.start(cutOff)) {
            List<Integer> versions = new ArrayList<>();
            for (int customer = 0; customer < 30; customer++) {
                versions.add(number(VERSION, predict(service, "alone", customer)));
            }
            assertThat(versions).contains(1, 2);
        } finally {
            Deployed.shelf().broken(false);
        }
    }

    /// In turn: the first version alone, both, the second alone with the first as its shadow.
    private static DeploymentChanged change(int revision) {
        Shelf shelf = Deployed.shelf();
        return switch (revision % 3) {
            case 0 -> split("switched", revision);
            case 1 ->
                Shelf.deployment("switched", revision, shelf.slot("switched", 1, Role.CHAMPION, 100, Shelf.tiny()));
            default ->
                Shelf.deployment(
                        "switched",
                        revision,
                        shelf.slot("switched", 2, Role.CHAMPION, 100, Shelf.other()),
                        shelf.slot("switched", 1, Role.SHADOW, 100, Shelf.tiny()));
        };
    }

    private static DeploymentChanged split(String endpoint, int revision) {
        Shelf shelf = Deployed.shelf();
        return Shelf.deployment(
                endpoint,
                revision,
                shelf.slot(endpoint, 1, Role.CHAMPION, 50, Shelf.tiny()),
                shelf.slot(endpoint, 2, Role.CANARY, 50, Shelf.other()));
    }

    private Map<String, String> at(String name) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("orrery.state", folder.resolve(name).toString());
        return own;
    }

    private static void awaitRevision(ServiceProcess service, int revision) {
        await().atMost(PATIENCE).until(() -> {
            HttpResponse<String> endpoint = get(service, "/v1/endpoints/switched");
            return endpoint.statusCode() == 200 && number(REVISION, endpoint) >= revision;
        });
    }

    private static HttpResponse<String> predict(ServiceProcess service, int customer)
            throws IOException, InterruptedException {
        return predict(service, "switched", customer);
    }

    private static HttpResponse<String> predict(ServiceProcess service, String endpoint, int customer)
            throws IOException, InterruptedException {
        String row = "{\"customer\": \"c-%d\", \"tenure\": 12, \"contract\": \"one-year\"}".formatted(customer);
        return CLIENT.send(
                HttpRequest.newBuilder(service.uri("/v1/endpoints/%s/predictions".formatted(endpoint)))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(row))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(ServiceProcess service, String path)
            throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(service.uri(path)).build(), BodyHandlers.ofString());
    }

    private static int number(Pattern pattern, HttpResponse<String> answer) {
        Matcher matcher = pattern.matcher(answer.body());
        assertThat(matcher.find()).as(answer.body()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}
