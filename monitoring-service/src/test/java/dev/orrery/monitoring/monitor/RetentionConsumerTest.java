package dev.orrery.monitoring.monitor;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.AlertChanged;
import dev.orrery.contracts.event.EvaluationClosed;
import dev.orrery.contracts.event.Severity;
import dev.orrery.kit.retention.Housekeeping;
import dev.orrery.monitoring.Endpoint;
import dev.orrery.monitoring.Registry;
import dev.orrery.monitoring.Windows;
import dev.orrery.monitoring.drift.World;
import dev.orrery.monitoring.window.WindowsClosed;
import dev.orrery.testing.MovableClock;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Everything that is kept has an end.
@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(Registry.class)
class RetentionConsumerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Housekeeping housekeeping;

    @Inject
    MovableClock clock;

    @Inject
    EntityManager database;

    @Inject
    jakarta.enterprise.event.Event<WindowsClosed> closed;

    @AfterEach
    void back_to_now() {
        clock.reset();
    }

    @Test
    void what_is_watched_no_more_is_forgotten_and_what_lasts_stays() {
        World world = new World(31);
        Registry.offer("bygones", 1, world.profile());
        Endpoint endpoint = new Endpoint("bygones");
        endpoint.announce(1, 1_000_000, Duration.ofHours(1));
        endpoint.predict(1, world, 3);
        Windows over = new Windows("bygones");
        close(
                over.drifted(Severity.WARNING, "speed"),
                over.drifted(Severity.WARNING, "speed"),
                over.stable(),
                over.stable(),
                over.stable());
        changes("bygones", 2);
        Windows lasting = new Windows("bygones", 2);
        close(lasting.drifted(Severity.WARNING, "speed"), lasting.drifted(Severity.WARNING, "speed"));
        changes("bygones", 3);
        await().atMost(PATIENCE).until(() -> count("profiles where model"), kept -> kept == 1);
        when().get("/v1/monitors/bygones").then().statusCode(200);

        passes(Duration.ofDays(32));
        when().get("/v1/monitors/bygones").then().statusCode(404);
        assertThat(count("profiles where model")).isZero();
        assertThat(count("evaluations where endpoint")).isEqualTo(7);

        passes(Duration.ofDays(59));
        assertThat(count("evaluations where endpoint")).isZero();
        close(lasting.drifted(Severity.CRITICAL, "speed"), lasting.drifted(Severity.CRITICAL, "speed"));
        changes("bygones", 4);
        assertThat(count("evaluations where endpoint")).isEqualTo(2);
        assertThat(count("alerts where endpoint")).isEqualTo(2);

        passes(Duration.ofDays(280));
        given().queryParam("endpoint", "bygones").get("/v1/alerts").then().body("alerts.state", contains("open"));
        assertThat(count("epochs where endpoint")).isEqualTo(2);

        passes(Duration.ofDays(30));
        assertThat(count("epochs where endpoint")).isEqualTo(1);
    }

    private void close(EvaluationClosed... windows) {
        QuarkusTransaction.requiringNew().run(() -> closed.fire(new WindowsClosed(List.of(windows))));
    }

    private void passes(Duration time) {
        clock.advance(time);
        housekeeping.sweep();
        // What a thing belongs to may have gone in the same round, after it was looked at.
        housekeeping.sweep();
    }

    private long count(String rowsWhere) {
        return QuarkusTransaction.requiringNew()
                .call(() -> ((Number) database.createNativeQuery("select count(*) from " + rowsWhere + " = 'bygones'")
                                .getSingleResult())
                        .longValue());
    }

    private static void changes(String endpoint, int atLeast) {
        Topics.await(
                Topic.ALERTS, AlertChanged.class, change -> change.endpoint().equals(endpoint), atLeast);
    }
}
