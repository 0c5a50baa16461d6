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
import dev.orrery.contracts.event.Severity;
import dev.orrery.monitoring.Endpoint;
import dev.orrery.monitoring.Registry;
import dev.orrery.monitoring.Windows;
import dev.orrery.monitoring.window.WindowsClosed;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(Registry.class)
class AlertsConsumerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    jakarta.enterprise.event.Event<WindowsClosed> closed;

    @Test
    void one_drifted_window_opens_nothing_and_one_calm_window_resolves_nothing() {
        Windows windows = new Windows("flaps");
        close(
                windows.drifted(Severity.WARNING, "speed"),
                windows.stable(),
                windows.stable(),
                windows.drifted(Severity.WARNING, "speed"),
                windows.drifted(Severity.WARNING, "speed"),
                windows.stable(),
                windows.drifted(Severity.WARNING, "speed"),
                windows.stable(),
                windows.stable(),
                windows.drifted(Severity.WARNING, "speed"),
                windows.stable(),
                windows.stable(),
                windows.stable());

        List<AlertChanged> changes = changes("flaps", 2);
        assertThat(changes).extracting(AlertChanged::state).containsExactly(State.OPENED, State.RESOLVED);
        assertThat(changes.getFirst().summary()).contains("window 5 and one of the two before it");
        assertThat(changes.getLast().summary()).contains("3 windows in a row", "window 13");
    }

    @Test
    void a_second_shift_without_calm_in_between_is_told_and_named() {
        Windows windows = new Windows("steps");
        close(
                windows.drifted(Severity.WARNING, "speed"),
                windows.drifted(Severity.WARNING, "speed"),
                windows.drifted(Severity.WARNING, "speed"),
                windows.drifted(Severity.CRITICAL, "speed"),
                windows.drifted(Severity.NOTICE, "speed"),
                windows.drifted(Severity.NOTICE, "weight"),
                windows.drifted(Severity.NOTICE, "weight"),
                windows.drifted(Severity.NOTICE, "weight"),
                windows.stable(),
                windows.stable(),
                windows.stable());

        List<AlertChanged> changes = changes("steps", 4);
        assertThat(changes)
                .extracting(AlertChanged::state)
                .containsExactly(State.OPENED, State.ESCALATED, State.ESCALATED, State.RESOLVED);
        assertThat(changes).extracting(AlertChanged::revision).containsExactly(1L, 2L, 3L, 4L);
        assertThat(changes)
                .extracting(AlertChanged::id)
                .containsOnly(changes.getFirst().id());
        assertThat(changes.get(1).severity()).isEqualTo(Severity.CRITICAL);
        assertThat(changes.get(2).columns()).containsExactly("weight", "speed");
        assertThat(changes.get(2).severity()).isEqualTo(Severity.CRITICAL);
        assertThat(changes.get(2).summary()).contains("weight has drifted");
    }

    @Test
    void windows_that_are_closed_together_may_resolve_an_alert_and_open_the_next() {
        Windows windows = new Windows("tempests");
        close(
                windows.drifted(Severity.WARNING, "speed"),
                windows.drifted(Severity.WARNING, "speed"),
                windows.stable(),
                windows.stable(),
                windows.stable(),
                windows.drifted(Severity.WARNING, "flag"),
                windows.drifted(Severity.WARNING, "flag"));

        List<AlertChanged> changes = changes("tempests", 3);
        assertThat(changes).extracting(AlertChanged::state).containsExactly(State.OPENED, State.RESOLVED, State.OPENED);
        assertThat(changes.getLast().columns()).containsExactly("flag");
        assertThat(changes.getLast().id()).isNotEqualTo(changes.getFirst().id());
    }

    @Test
    void windows_that_are_numbered_from_one_again_are_new_windows() {
        Windows windows = new Windows("epochs");
        close(windows.stable(), windows.stable(), windows.stable(), windows.stable());
        close(windows.drifted(Severity.WARNING, "weight"));
        windows.beginAnew();
        close(windows.drifted(Severity.WARNING, "speed"));
        close(windows.drifted(Severity.WARNING, "speed"));

        assertThat(changes("epochs", 1)).singleElement().satisfies(change -> {
            assertThat(change.columns()).containsExactly("speed");
            assertThat(change.summary()).contains("window 2");
        });
    }

    @Test
    void insufficient_data_neither_opens_nor_resolves() {
        Windows windows = new Windows("quiet");
        close(
                windows.insufficient(),
                windows.drifted(Severity.NOTICE, "flag"),
                windows.insufficient(),
                windows.drifted(Severity.NOTICE, "flag"),
                windows.stable(),
                windows.insufficient(),
                windows.stable(),
                windows.insufficient(),
                windows.insufficient(),
                windows.insufficient());
        assertThat(changes("quiet", 1)).hasSize(1);
        close(windows.stable());

        assertThat(changes("quiet", 2)).extracting(AlertChanged::state).containsExactly(State.OPENED, State.RESOLVED);
    }

    @Test
    void a_drift_of_the_score_alone_is_an_alert_without_columns() {
        Windows windows = new Windows("scores");
        close(windows.scoreDrifted(), windows.scoreDrifted());

        AlertChanged opened = changes("scores", 1).getFirst();
        assertThat(opened.columns()).isEmpty();
        assertThat(opened.outputs()).containsExactly("score");
        assertThat(opened.summary()).contains("the score has drifted");
    }

    @Test
    void while_the_database_is_away_events_wait_and_none_is_given_up() {
        Windows windows = new Windows("outage");
        close(windows.drifted(Severity.WARNING, "speed"), windows.drifted(Severity.WARNING, "speed"));
        Platform.withoutDatabase(() -> {
            new Endpoint("outage").deploy(2, 2);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> when().get("/q/health/ready")
                            .then()
                            .statusCode(503)
                            .body(containsString("the database is away")));
        });

        assertThat(changes("outage", 2).getLast().state()).isEqualTo(State.RESOLVED);
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
        assertThat(Topics.records(Topic.DEPLOYMENTS.title() + Topic.DEAD_LETTER_SUFFIX))
                .noneMatch(letter -> "outage".equals(letter.key()));
    }

    @Test
    void versions_of_an_endpoint_have_alerts_of_their_own() {
        Windows first = new Windows("fleet", 1);
        Windows second = new Windows("fleet", 2);
        close(first.drifted(Severity.NOTICE, "flag"), first.drifted(Severity.NOTICE, "flag"));
        close(second.drifted(Severity.CRITICAL, "speed"), second.drifted(Severity.CRITICAL, "speed"));

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
        Windows windows = new Windows("waves");
        close(windows.drifted(Severity.NOTICE, "flag"), windows.drifted(Severity.NOTICE, "flag"));
        assertThat(changes("waves", 1)).hasSize(1);
        Topics.publishGarbage(Topic.DEPLOYMENTS, "garbage-of-alerts", "?");
        new Endpoint("waves").deploy(2, 2);

        assertThat(changes("waves", 2).getLast().state()).isEqualTo(State.RESOLVED);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Topics.records(Topic.DEPLOYMENTS.title() + Topic.DEAD_LETTER_SUFFIX))
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

    private void close(EvaluationClosed... windows) {
        QuarkusTransaction.requiringNew().run(() -> closed.fire(new WindowsClosed(List.of(windows))));
    }

    private static List<AlertChanged> changes(String endpoint, int atLeast) {
        return Topics.await(
                Topic.ALERTS, AlertChanged.class, change -> change.endpoint().equals(endpoint), atLeast);
    }
}
