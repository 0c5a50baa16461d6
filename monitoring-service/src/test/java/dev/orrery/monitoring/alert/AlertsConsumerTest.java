package dev.orrery.monitoring.alert;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.AlertChanged;
import dev.orrery.contracts.event.AlertChanged.State;
import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.EvaluationClosed.Drift;
import dev.orrery.contracts.event.EvaluationClosed.Verdict;
import dev.orrery.contracts.event.Role;
import dev.orrery.contracts.event.Severity;
import dev.orrery.monitoring.Endpoint;
import dev.orrery.monitoring.Registry;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(Registry.class)
class AlertsConsumerTest {

    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final List<String> FEATURES = List.of("speed", "weight", "flag");

    @Test
    void a_window_that_is_told_twice_changes_nothing() {
        EvaluationClosed drifted = window("repeats", 1, Severity.WARNING, "speed");
        Topics.publish(drifted, drifted, window("repeats", 2, null), drifted, marker("repeats", 3));

        assertThat(changes("repeats", 3))
                .extracting(AlertChanged::state)
                .containsExactly(State.OPENED, State.RESOLVED, State.OPENED);
    }

    @Test
    void an_alert_is_escalated_by_other_columns_or_a_higher_severity_and_by_nothing_else() {
        Topics.publish(
                window("steps", 1, Severity.WARNING, "speed"),
                window("steps", 2, Severity.WARNING, "speed"),
                window("steps", 3, Severity.CRITICAL, "speed"),
                window("steps", 4, Severity.NOTICE, "speed"),
                window("steps", 5, Severity.NOTICE, "weight", "speed"),
                window("steps", 6, Severity.NOTICE, "speed", "weight"),
                window("steps", 7, null));

        List<AlertChanged> changes = changes("steps", 4);
        assertThat(changes)
                .extracting(AlertChanged::state)
                .containsExactly(State.OPENED, State.ESCALATED, State.ESCALATED, State.RESOLVED);
        assertThat(changes).extracting(AlertChanged::revision).containsExactly(1L, 2L, 3L, 4L);
        assertThat(changes)
                .extracting(AlertChanged::id)
                .containsOnly(changes.getFirst().id());
        assertThat(changes.get(1).severity()).isEqualTo(Severity.CRITICAL);
        assertThat(changes.get(2).columns()).containsExactlyInAnyOrder("speed", "weight");
        assertThat(changes.get(2).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void insufficient_data_neither_opens_nor_resolves() {
        Topics.publish(
                insufficient("quiet", 1),
                window("quiet", 2, Severity.NOTICE, "flag"),
                insufficient("quiet", 3),
                window("quiet", 4, Severity.NOTICE, "flag"),
                window("quiet", 5, null),
                insufficient("quiet", 6),
                marker("quiet", 7));

        assertThat(changes("quiet", 3))
                .extracting(AlertChanged::state)
                .containsExactly(State.OPENED, State.RESOLVED, State.OPENED);
    }

    @Test
    void a_drift_of_the_score_alone_is_an_alert_without_columns() {
        EvaluationClosed alone = evaluation("scores", 1, Verdict.DRIFT, Severity.WARNING, true);
        Topics.publish(alone);

        AlertChanged opened = changes("scores", 1).getFirst();
        assertThat(opened.columns()).isEmpty();
        assertThat(opened.score()).isTrue();
        assertThat(opened.summary()).contains("the score has drifted");
    }

    @Test
    void versions_of_an_endpoint_have_alerts_of_their_own() {
        Topics.publish(
                window("fleet", 1, Severity.NOTICE, "flag"),
                new EvaluationClosed(
                        "fleet",
                        "fleet",
                        2,
                        Role.CANARY,
                        1,
                        1,
                        START,
                        START,
                        500,
                        Verdict.DRIFT,
                        List.of(new Drift("speed", 0.4, 0.05, true)),
                        new Drift("score", 0.01, 0.05, false),
                        Severity.CRITICAL));

        assertThat(changes("fleet", 2)).extracting(AlertChanged::version).containsExactlyInAnyOrder(1, 2);
        String token = given().queryParam("endpoint", "fleet")
                .queryParam("limit", 1)
                .get("/v1/alerts")
                .then()
                .body("alerts", hasSize(1))
                .body("alerts[0].version", equalTo(2))
                .body("alerts[0].severity", equalTo("critical"))
                .extract()
                .path("next_page_token");
        given().queryParam("endpoint", "fleet")
                .queryParam("page_token", token)
                .get("/v1/alerts")
                .then()
                .body("alerts", hasSize(1))
                .body("alerts[0].version", equalTo(1))
                .body("next_page_token", equalTo(null));
    }

    @Test
    void a_deployment_that_is_no_event_is_buried_and_the_next_one_counts() {
        Topics.publish(window("waves", 1, Severity.NOTICE, "flag"));
        assertThat(changes("waves", 1)).hasSize(1);
        Topics.publishGarbage(Topic.DEPLOYMENTS, "garbage-of-alerts", "?");
        new Endpoint("waves").deploy(2, 2);

        assertThat(changes("waves", 2).getLast().state()).isEqualTo(State.RESOLVED);
        await().untilAsserted(() -> assertThat(Topics.records(Topic.DEPLOYMENTS.title() + Topic.DEAD_LETTER_SUFFIX))
                .anyMatch(letter -> "garbage-of-alerts".equals(letter.key())));
    }

    @Test
    void a_wrong_question_is_answered_with_what_is_right() {
        when().get("/v1/alerts?state=opened").then().statusCode(400).body("detail", containsString("open or resolved"));
        when().get("/v1/alerts?limit=1001").then().statusCode(400).body("detail", containsString("1000"));
        when().get("/v1/alerts?page_token=eHh4").then().statusCode(400).body("detail", containsString("page_token"));
        when().get("/v1/alerts/7").then().statusCode(404).body("detail", containsString("'7'"));
        when().get("/v1/alerts/" + UUID.randomUUID()).then().statusCode(404);
    }

    private static EvaluationClosed window(String endpoint, long number, Severity severity, String... drifted) {
        Verdict verdict = drifted.length == 0 ? Verdict.STABLE : Verdict.DRIFT;
        return evaluation(endpoint, number, verdict, severity, false, drifted);
    }

    /// A last drift, so that a test knows that everything before it was read.
    private static EvaluationClosed marker(String endpoint, long number) {
        return window(endpoint, number, Severity.NOTICE, "flag");
    }

    private static EvaluationClosed insufficient(String endpoint, long number) {
        return new EvaluationClosed(
                endpoint,
                endpoint,
                1,
                Role.CHAMPION,
                1,
                number,
                START,
                START,
                7,
                Verdict.INSUFFICIENT_DATA,
                List.of(),
                null,
                null);
    }

    private static EvaluationClosed evaluation(
            String endpoint, long number, Verdict verdict, Severity severity, boolean score, String... drifted) {
        List<String> names = Arrays.asList(drifted);
        List<Drift> columns = Stream.concat(
                        names.stream(), FEATURES.stream().filter(feature -> !names.contains(feature)))
                .map(column -> new Drift(column, names.contains(column) ? 0.2 : 0.01, 0.05, names.contains(column)))
                .toList();
        Drift ofScore = new Drift("score", score ? 0.2 : 0.01, 0.05, score);
        Instant from = START.plusSeconds(60 * number);
        return new EvaluationClosed(
                endpoint,
                endpoint,
                1,
                Role.CHAMPION,
                1,
                number,
                from,
                from.plusSeconds(60),
                500,
                verdict,
                columns,
                ofScore,
                severity);
    }

    private static List<AlertChanged> changes(String endpoint, int atLeast) {
        return Topics.await(
                Topic.ALERTS, AlertChanged.class, change -> change.endpoint().equals(endpoint), atLeast);
    }
}
