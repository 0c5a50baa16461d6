package dev.orrery.inference.endpoint;

import static dev.orrery.inference.Deployed.infer;
import static dev.orrery.inference.Deployed.predict;
import static dev.orrery.inference.Deployed.serve;
import static dev.orrery.inference.Deployed.shelf;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.DeploymentChanged.Slot;
import dev.orrery.contracts.event.Role;
import dev.orrery.inference.Deployed;
import dev.orrery.inference.Shelf;
import dev.orrery.model.PackageFiles;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class EndpointResourceTest {

    private static final String ROW = "{\"tenure\": 12, \"contract\": \"one-year\"}";

    /// One answer under load: which version said it, and what it said.
    private record Said(int version, double score) {}

    @Test
    void an_endpoint_shows_what_it_serves() {
        Deployed.tiny("shown", 2);

        when().get("/v1/endpoints/shown")
                .then()
                .statusCode(200)
                .body("endpoint", is("shown"))
                .body("revision", is(2))
                .body("ready", is(true))
                .body("slots.model", contains("tiny"))
                .body("slots.version", contains(2))
                .body("slots.role", contains("champion"))
                .body("slots.share", contains(100))
                .body("slots.engine.kind", contains("compiled"))
                .body("pending", nullValue());
        String metrics =
                when().get("/q/metrics").then().statusCode(200).extract().asString();
        assertThat(metrics.lines().filter(line -> line.startsWith("orrery_model_info{") && line.contains("\"shown\"")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("engine=\"compiled\"", "model=\"tiny\"", "role=\"champion\"", "version=\"2\"")
                        .endsWith(" 1.0"));
        when().get("/v1/endpoints?limit=1000").then().statusCode(200).body("endpoints.endpoint", hasItem("shown"));
        when().get("/v1/endpoints/shwon")
                .then()
                .statusCode(404)
                .body("detail", containsString("Did you mean 'shown'?"));
    }

    @Test
    void endpoints_are_listed_in_pages() {
        Deployed.tiny("page-a", 1);
        Deployed.tiny("page-b", 1);
        Deployed.tiny("page-c", 1);

        List<String> all = when().get("/v1/endpoints").then().extract().path("endpoints.endpoint");
        List<String> paged = new ArrayList<>();
        String token = "";
        while (token != null) {
            var page = when().get("/v1/endpoints?limit=40&page_token=" + token)
                    .then()
                    .statusCode(200)
                    .extract();
            paged.addAll(page.path("endpoints.endpoint"));
            token = page.path("next_page_token");
        }
        assertThat(paged).containsAll(List.of("page-a", "page-b", "page-c")).containsSequence(all);
        when().get("/v1/endpoints?limit=0").then().statusCode(400).body("detail", containsString("limit"));
    }

    @Test
    void a_swap_under_load_fails_no_request_and_each_answer_is_its_versions_own() {
        serve(shelf().deployment("swapped", 1, Shelf.tiny()));
        AtomicBoolean enough = new AtomicBoolean();
        List<Said> said = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < 4; client++) {
                clients.submit(() -> {
                    while (!enough.get()) {
                        said.add(ask("swapped"));
                    }
                });
            }
            for (int revision = 2; revision <= 6; revision++) {
                int before = said.size();
                await().until(() -> said.size() > before + 20);
                serve(shelf().deployment("swapped", revision, revision % 2 == 0 ? Shelf.other() : Shelf.tiny()));
            }
            enough.set(true);
        }

        assertThat(said).extracting(Said::version).contains(1, 2, 3, 4, 5).doesNotContain(-1);
        assertThat(said)
                .allSatisfy(answer -> assertThat(answer.score())
                        .isCloseTo(answer.version() % 2 == 0 ? Shelf.OTHER_SCORE : Shelf.TINY_SCORE, within(1e-5)));
    }

    @Test
    void an_older_or_repeated_revision_changes_nothing() {
        Deployed.tiny("ordered", 5);

        Topics.publish(
                shelf().deployment("ordered", 4, Shelf.other()), shelf().deployment("ordered", 5, Shelf.other()));
        Deployed.tiny("after-ordered", 1);

        pending("ordered", nullValue());
        predict("ordered", ROW).body("version", is(5)).body("predictions[0].decision", is(false));
    }

    @Test
    void a_file_that_is_not_what_the_deployment_says_leaves_the_old_version_serving() {
        Deployed.tiny("digest", 1);
        DeploymentChanged next = shelf().deployment("digest", 2, described(Shelf.other(), "digest"));
        shelf().put("/digest/2/" + PackageFiles.DESCRIPTION, bytes("not that description"));

        Topics.publish(next);

        pending("digest", notNullValue());
        when().get("/v1/endpoints/digest")
                .then()
                .body("revision", is(1))
                .body("ready", is(true))
                .body("pending.revision", is(2))
                .body("pending.failure", allOf(containsString(PackageFiles.DESCRIPTION), containsString("SHA-256")))
                .body("pending.attempts", greaterThan(0));
        predict("digest", ROW).statusCode(200).body("version", is(1));

        shelf().put("/digest/2/" + PackageFiles.DESCRIPTION, bytes("digest"));
        await().untilAsserted(() -> when().get("/v1/endpoints/digest").then().body("revision", is(2)));
        predict("digest", ROW).statusCode(200).body("version", is(2)).body("predictions[0].decision", is(true));
    }

    @Test
    void a_registry_that_is_away_is_asked_again_until_it_is_back() {
        Deployed.tiny("away", 1);
        shelf().broken(true);
        try {
            Topics.publish(shelf().deployment("away", 2, described(Shelf.other(), "away")));
            pending("away", containsString("503"));
            when().get("/v1/endpoints/away").then().body("pending.retry_at", notNullValue());
            predict("away", ROW).statusCode(200).body("version", is(1));
        } finally {
            shelf().broken(false);
        }

        await().untilAsserted(() -> when().get("/v1/endpoints/away").then().body("revision", is(2)));
    }

    @Test
    void a_model_that_fails_its_golden_rows_is_refused_for_good() {
        Deployed.tiny("golden", 1);
        Map<String, byte[]> files = Shelf.tiny();
        files.put(PackageFiles.GOLDEN, Shelf.other().get(PackageFiles.GOLDEN));

        Topics.publish(shelf().deployment("golden", 2, files));

        pending("golden", notNullValue());
        when().get("/v1/endpoints/golden")
                .then()
                .body("revision", is(1))
                .body("pending.revision", is(2))
                .body("pending.failure", containsString("golden row"))
                .body("pending.retry_at", nullValue());
        predict("golden", ROW).statusCode(200).body("version", is(1));
        when().get("/q/metrics")
                .then()
                .body(containsString("orrery_rollouts_total{endpoint=\"golden\",outcome=\"refused\"} 1.0"));

        Deployed.tiny("golden", 3);
        predict("golden", ROW).statusCode(200).body("version", is(3));
    }

    @Test
    void an_endpoint_says_what_its_model_predicts_and_in_which_words() {
        Topics.publish(shelf().deployment(
                        "worded",
                        1,
                        Shelf.carded("\"classes\":[\"false\",\"true\"]", "\"classes\":[\"Stay\",\"Churn\"]")));

        await().untilAsserted(() -> when().get("/v1/endpoints/worded")
                .then()
                .body("slots[0].task.type", is("binary"))
                .body("slots[0].outputs.find { it.name == 'decision' }.classes", contains("Stay", "Churn")));
    }

    @Test
    void a_role_that_only_a_newer_version_knows_is_refused_by_name_and_what_serves_goes_on() {
        Deployed.tiny("newer-role", 1);
        Slot champion =
                shelf().deployment("newer-role", 2, Shelf.tiny()).slots().getFirst();
        Slot other = new Slot("tiny", 3, Role.SHADOW, 20, champion.packageUri(), champion.files());

        Topics.publishNewer(
                new DeploymentChanged("newer-role", 2, "tiny", List.of(champion, other), Instant.now()),
                "shadow",
                "mirror");

        pending("newer-role", containsString("role that is not known here: it needs a newer inference-service"));
        predict("newer-role", ROW).statusCode(200).body("version", is(1));
    }

    @Test
    void another_use_cases_model_and_files_without_a_digest_are_refused() {
        DeploymentChanged right = shelf().deployment("alien", 1, Shelf.tiny());
        Topics.publish(new DeploymentChanged("alien", 1, "ships", right.slots(), Instant.now()));
        Map<String, String> digests = new HashMap<>(right.slots().getFirst().files());
        digests.put(PackageFiles.MODEL, "../../../etc/passwd");
        Topics.publish(shelf().deployment("hostile", 1, "/alien/1", digests));

        pending("alien", notNullValue());
        when().get("/v1/endpoints/alien").then().body("pending.failure", containsString("'ships'"));
        pending("hostile", notNullValue());
        when().get("/v1/endpoints/hostile").then().body("pending.failure", containsString("not a SHA-256"));
        predict("hostile", ROW).statusCode(503).body("detail", containsString("no model loaded"));
        infer("hostile", "{}").statusCode(503).body("error", containsString("not a SHA-256"));
        when().get("/v2/models/hostile/ready").then().statusCode(400).body("ready", is(false));

        Deployed.tiny("hostile", 2);
        Deployed.tiny("alien", 2);
        predict("hostile", ROW).statusCode(200);
    }

    @Test
    void one_endpoint_that_cannot_load_is_its_own_trouble_and_not_that_of_199_others() {
        Topics.publish(IntStream.range(0, 200)
                .mapToObj(number -> number == 100
                        ? shelf().deployment(
                                        "many-100",
                                        1,
                                        "/many-100/1",
                                        Map.of(PackageFiles.MODEL, "none", PackageFiles.CARD, "none"))
                        : shelf().deployment("many-" + number, 1, Shelf.tiny()))
                .toArray(DeploymentChanged[]::new));

        pending("many-100", containsString("golden.json"));
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(answering("many-")).hasSize(199).doesNotContain("many-100"));
        predict("many-99", ROW).statusCode(200);
        predict("many-100", ROW).statusCode(503).body("detail", containsString("golden.json"));
        when().get("/v2/models/many-100/ready").then().statusCode(400).body("error", containsString("golden.json"));
        when().get("/q/health/ready").then().statusCode(200).body("checks.name", hasItem("deployments"));
        when().get("/v2/health/ready").then().statusCode(200).body("ready", is(true));
        when().get("/v2/health/live").then().statusCode(200);
        when().get("/q/metrics").then().body(containsString("orrery_endpoints{state=\"not_answering\"}"));
    }

    @Test
    void what_cannot_be_read_on_the_topic_is_passed_over() {
        Topics.publishGarbage(Topic.DEPLOYMENTS, "garbage", "{not json");
        Topics.publish(shelf().deployment("../outside", 1, Shelf.tiny()));

        Deployed.tiny("after-garbage", 1);
        List<String> names = when().get("/v1/endpoints").then().extract().path("endpoints.endpoint");
        assertThat(names).doesNotContain("garbage", "../outside");
    }

    @Test
    void a_file_that_is_here_already_is_not_fetched_again() {
        Deployed.tiny("shared-a", 1);
        int before = shelf().served();

        Deployed.tiny("shared-b", 1);
        assertThat(shelf().served()).isEqualTo(before);

        serve(shelf().deployment("shared-b", 2, described(Shelf.tiny(), "shared-b")));
        assertThat(shelf().served()).as("the new description alone").isEqualTo(before + 1);
    }

    /// The package with a description of its own, a file that no other test has brought to the disk.
    private static Map<String, byte[]> described(Map<String, byte[]> files, String description) {
        files.put(PackageFiles.DESCRIPTION, bytes(description));
        return files;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Said ask(String endpoint) {
        var response = predict(endpoint, ROW).extract();
        return response.statusCode() == 200
                ? new Said(response.path("version"), response.<Float>path("predictions[0].score"))
                : new Said(-1, response.statusCode());
    }

    private static List<String> answering(String prefix) {
        return when().get("/v1/endpoints?limit=1000")
                .then()
                .extract()
                .path("endpoints.findAll { it.ready && it.endpoint.startsWith('%s') }.endpoint".formatted(prefix));
    }

    private static void pending(String endpoint, Matcher<?> failure) {
        await().untilAsserted(
                        () -> when().get("/v1/endpoints/" + endpoint).then().body("pending.failure", failure));
    }
}
