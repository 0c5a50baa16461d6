package dev.orrery.monitoring.monitor;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.AlertChanged;
import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.EvaluationClosed.Verdict;
import dev.orrery.contracts.event.PredictionsMade;
import dev.orrery.monitoring.Endpoint;
import dev.orrery.monitoring.Registry;
import dev.orrery.monitoring.drift.World;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(Registry.class)
class MonitoringConsumerTest {

    private static final int WINDOW = 500;
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void drift_opens_an_alert_with_exactly_its_columns_and_normality_resolves_it() {
        Endpoint endpoint = monitored("seasons", 1);
        World world = new World(42);
        Registry.offer("seasons", 1, world.profile());

        endpoint.predict(1, world, 2 * WINDOW);
        assertThat(endpoint.awaitWindows(2))
                .extracting(EvaluationClosed::verdict)
                .containsOnly(Verdict.STABLE);
        awaitPredictions("seasons", 2 * WINDOW);
        when().get("/v1/alerts?endpoint=seasons").then().statusCode(200).body("alerts", empty());

        endpoint.predict(1, world.shift("number_2", 0.8).shift("number_5", 0.8), 2 * WINDOW);
        AlertChanged opened = changes("seasons", 1).getFirst();
        assertThat(opened.state()).isEqualTo(AlertChanged.State.OPENED);
        assertThat(opened.revision()).isEqualTo(1);
        assertThat(opened.columns()).containsExactlyInAnyOrder("number_2", "number_5");
        assertThat(opened.outputs()).isEmpty();
        assertThat(opened.summary()).contains("number_2", "number_5", "seasons");
        when().get("/v1/alerts/{id}", opened.id())
                .then()
                .statusCode(200)
                .body("state", equalTo("open"))
                .body("columns", hasSize(2))
                .body("resolved_at", equalTo(null));
        endpoint.awaitWindows(4);

        endpoint.predict(1, world.unshifted(), 3 * WINDOW);
        AlertChanged resolved = changes("seasons", 2).getLast();
        assertThat(resolved.state()).isEqualTo(AlertChanged.State.RESOLVED);
        assertThat(resolved.id()).isEqualTo(opened.id());
        assertThat(resolved.revision()).isEqualTo(2);
        given().queryParam("endpoint", "seasons")
                .queryParam("state", "resolved")
                .get("/v1/alerts")
                .then()
                .body("alerts", hasSize(1))
                .body("alerts[0].resolved_at", notNullValue());
        when().get("/v1/alerts?endpoint=seasons&state=open").then().body("alerts", empty());
    }

    @Test
    void a_monitor_shows_its_windows_newest_first_and_the_open_one() {
        Endpoint endpoint = monitored("harbours", 1);
        World world = new World(5);
        Registry.offer("harbours", 1, world.profile());

        endpoint.predict(1, world, 2 * WINDOW + 30);
        endpoint.awaitWindows(2);

        awaitPredictions("harbours", 2 * WINDOW + 30);
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get("/v1/monitors/harbours")
                        .then()
                        .statusCode(200)
                        .body("versions", hasSize(1))
                        .body("versions[0].model", equalTo("harbours"))
                        .body("versions[0].role", equalTo("champion"))
                        .body("versions[0].open_window.predictions", equalTo(30))
                        .body("versions[0].open_window.from", notNullValue())
                        .body("versions[0].windows.window", equalTo(List.of(2, 1)))
                        .body("versions[0].windows[0].predictions", equalTo(WINDOW))
                        .body("versions[0].windows[0].verdict", equalTo("stable"))
                        .body("versions[0].windows[0].columns", hasSize(11)));
        when().get("/v1/monitors/harbours?limit=1").then().body("versions[0].windows", hasSize(1));
    }

    @Test
    void a_prediction_that_is_sent_twice_counts_once() {
        Endpoint endpoint = monitored("echoes", 1);
        World world = new World(6);
        Registry.offer("echoes", 1, world.profile());

        PredictionsMade[] made = endpoint.predict(1, world, 100);
        Topics.publish(made);
        endpoint.predict(1, world, 100);

        awaitPredictions("echoes", 200);
        await().atMost(PATIENCE)
                .during(Duration.ofSeconds(2))
                .untilAsserted(() -> when().get("/v1/monitors/echoes").then().body("predictions", equalTo(200)));
    }

    @Test
    void garbage_is_buried_and_stops_nothing() {
        Endpoint endpoint = monitored("storms", 1);
        World world = new World(8);
        Registry.offer("storms", 1, world.profile());

        endpoint.predict(1, world, 250);
        Topics.publishGarbage(Topic.PREDICTIONS, "garbage-of-storms", "{not json");
        endpoint.predict(1, world, 250);

        assertThat(endpoint.awaitWindows(1)).hasSize(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Topics.records(Topic.PREDICTIONS.title() + Topic.DEAD_LETTER_SUFFIX))
                        .anySatisfy(letter -> {
                            assertThat(letter.key()).isEqualTo("garbage-of-storms");
                            assertThat(letter.headers().lastHeader("dead-letter-reason"))
                                    .isNotNull();
                        }));
    }

    @Test
    void predictions_wait_for_a_profile_that_cannot_be_had_and_none_is_lost() {
        Endpoint endpoint = monitored("tides", 1);
        World world = new World(9);
        Registry.goAway("tides", 1);

        endpoint.predict(1, world, WINDOW + 100);
        awaitPredictions("tides", WINDOW + 100);
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get("/q/health/ready")
                        .then()
                        .body(allOf(containsString("tides v1"), containsString("503"))));
        assertThat(Topics.present(
                        Topic.EVALUATIONS,
                        EvaluationClosed.class,
                        closed -> closed.endpoint().equals("tides")))
                .isEmpty();

        Registry.offer("tides", 1, world.profile());

        assertThat(endpoint.awaitWindows(1)).singleElement().satisfies(evaluation -> {
            assertThat(evaluation.predictions()).isEqualTo(WINDOW);
            assertThat(evaluation.verdict()).isEqualTo(Verdict.STABLE);
        });
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get("/v1/monitors/tides")
                        .then()
                        .body("versions[0].open_window.predictions", equalTo(100)));
        when().get("/q/health/ready").then().body(not(containsString("tides v1")));
    }

    @Test
    void a_profile_that_cannot_be_used_is_told_and_its_predictions_are_let_go() {
        Endpoint endpoint = monitored("poems", 1);
        Registry.offer("poems", 1, "{\"what\": \"is this\"}");

        endpoint.predict(1, new World(10), WINDOW);

        assertThat(endpoint.awaitWindows(1)).singleElement().satisfies(evaluation -> {
            assertThat(evaluation.predictions()).isEqualTo(WINDOW);
            assertThat(evaluation.verdict()).isEqualTo(Verdict.INSUFFICIENT_DATA);
        });
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get("/v1/monitors/poems")
                        .then()
                        .body("versions[0].reference", containsString("profile.json"))
                        .body("versions[0].open_window.predictions", equalTo(0)));
        when().get("/q/health/ready").then().body(containsString("poems v1"));
    }

    @Test
    void without_a_profile_there_is_no_verdict() {
        Endpoint endpoint = monitored("fogs", 1);

        endpoint.predict(1, new World(10), WINDOW);

        assertThat(endpoint.awaitWindows(1))
                .singleElement()
                .satisfies(evaluation -> assertThat(evaluation.verdict()).isEqualTo(Verdict.INSUFFICIENT_DATA));
    }

    @Test
    void a_window_closes_by_time_and_a_newer_revision_of_the_use_case_counts() {
        Endpoint endpoint = monitored("clocks", 2);
        endpoint.announce(3, WINDOW, Duration.ofMillis(500));
        endpoint.announce(1, 7, LONG);
        World world = new World(12);
        Registry.offer("clocks", 1, world.profile());

        endpoint.predict(1, world, 230);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Topics.present(
                                        Topic.EVALUATIONS,
                                        EvaluationClosed.class,
                                        closed -> closed.endpoint().equals("clocks"))
                                .stream()
                                .mapToLong(EvaluationClosed::predictions)
                                .sum())
                        .isGreaterThanOrEqualTo(200));
    }

    @Test
    void an_endpoint_is_monitored_as_the_use_case_says_that_it_belongs_to_whatever_their_names() {
        Endpoint endpoint = new Endpoint("beacons");
        endpoint.announce("lights", 1, 250, LONG);
        World world = new World(14);
        Registry.offer("beacons", 1, world.profile());

        endpoint.predict(1, world, 250);

        assertThat(endpoint.awaitWindows(1))
                .singleElement()
                .satisfies(evaluation -> assertThat(evaluation.predictions()).isEqualTo(250));
    }

    @Test
    void gauges_tell_of_each_column_until_the_version_is_replaced() {
        Endpoint endpoint = monitored("lamps", 1);
        World world = new World(13);
        Registry.offer("lamps", 1, world.profile());
        endpoint.deploy(1, 1);
        endpoint.predict(1, world.shift("number_3", 1.0), 2 * WINDOW);
        awaitPredictions("lamps", 2 * WINDOW);
        changes("lamps", 1);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(metrics())
                        .contains("orrery_drift_detected{column=\"number_3\",endpoint=\"lamps\",version=\"1\"} 1.0")
                        .contains("orrery_drift_detected{column=\"number_4\",endpoint=\"lamps\",version=\"1\"} 0.0")
                        .contains("orrery_drift_psi{column=\"score\",endpoint=\"lamps\",version=\"1\"}")
                        .contains("orrery_drift_critical_value{column=\"number_3\",endpoint=\"lamps\",version=\"1\"}")
                        .contains(
                                "orrery_monitor_windows_total{endpoint=\"lamps\",verdict=\"drift\",version=\"1\"} 2.0")
                        .contains("orrery_monitor_predictions_total{endpoint=\"lamps\",version=\"1\"} 1000.0")
                        .contains("orrery_alerts_open{endpoint=\"lamps\",severity=\"critical\"} 1.0")
                        .contains("orrery_alerts_open{endpoint=\"lamps\",severity=\"notice\"} 0.0"));

        endpoint.deploy(2, 2);

        AlertChanged over = changes("lamps", 2).getLast();
        assertThat(over.state()).isEqualTo(AlertChanged.State.RESOLVED);
        assertThat(over.summary()).contains("no longer runs");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(metrics())
                        .doesNotContain("endpoint=\"lamps\",version=\"1\"")
                        .contains("orrery_alerts_open{endpoint=\"lamps\",severity=\"critical\"} 0.0"));
        endpoint.predict(1, world, WINDOW);
        endpoint.awaitWindows(3);
        await().atMost(PATIENCE)
                .during(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(metrics())
                        .doesNotContain("orrery_drift_detected{column=\"number_3\",endpoint=\"lamps\",version=\"1\"}"));
        assertThat(changes("lamps", 2)).hasSize(2);
    }

    @Test
    void every_metric_of_ours_says_what_it_is() {
        String page = metrics();
        Set<String> told = names(page, "(?m)^# HELP (orrery_\\S+) \\S");
        Set<String> exposed = names(page, "(?m)^(orrery_[a-z_]+)[{ ]");

        assertThat(exposed).isNotEmpty().isSubsetOf(told);
    }

    @Test
    void the_api_describes_itself_in_names_that_mean_something() {
        String api = when().get("/q/openapi?format=json").then().extract().asString();

        assertThat(api)
                .contains("\"Alert\"", "\"Monitor\"", "\"MonitoredVersion\"", "\"EvaluationClosed\"")
                .contains("counted_since", "next_page_token")
                .doesNotContain("\"View\"", "\"Listing\"", "\"Version1\"", "\"Page\"");
    }

    private static Set<String> names(String page, String pattern) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map(found -> found.group(1).replaceFirst("_total$", ""))
                .collect(Collectors.toSet());
    }

    @Test
    void an_endpoint_without_predictions_is_not_found() {
        when().get("/v1/monitors/nowhere")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("nowhere"));
    }

    @Test
    void monitors_are_listed_page_by_page() {
        for (String name : List.of("zz-first", "zz-second", "zz-third")) {
            monitored(name, 1).predict(1, new World(1), 3);
            awaitPredictions(name, 3);
        }

        String token = when().get("/v1/monitors?limit=1")
                .then()
                .statusCode(200)
                .extract()
                .path("next_page_token");
        given().queryParam("page_token", token)
                .get("/v1/monitors")
                .then()
                .body("monitors.endpoint.findAll { it.startsWith('zz-') }.size()", greaterThan(1))
                .body("$", not(hasKey("next_page_token")));
        when().get("/v1/monitors?limit=0").then().statusCode(400);
        when().get("/v1/monitors?page_token=%25%25")
                .then()
                .statusCode(400)
                .body("detail", containsString("page_token"));
    }

    private static Endpoint monitored(String name, int revision) {
        Endpoint endpoint = new Endpoint(name);
        endpoint.announce(revision, WINDOW, LONG);
        return endpoint;
    }

    private static void awaitPredictions(String endpoint, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get("/v1/monitors/{endpoint}", endpoint)
                        .then()
                        .statusCode(200)
                        .body("predictions", equalTo(count)));
    }

    private static List<AlertChanged> changes(String endpoint, int atLeast) {
        return Topics.await(
                Topic.ALERTS, AlertChanged.class, change -> change.endpoint().equals(endpoint), atLeast);
    }

    private static String metrics() {
        return when().get("/q/metrics").then().extract().asString();
    }
}
