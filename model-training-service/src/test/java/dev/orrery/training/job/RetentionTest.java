package dev.orrery.training.job;

import static dev.orrery.training.job.Service.awaitEnd;
import static dev.orrery.training.job.Service.ready;
import static dev.orrery.training.job.Service.request;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.kit.retention.Housekeeping;
import dev.orrery.testing.MovableClock;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import dev.orrery.training.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(MlflowServer.class)
class RetentionTest {

    @Inject
    MovableClock clock;

    @Inject
    Housekeeping housekeeping;

    @AfterEach
    void putBack() {
        clock.reset();
    }

    @Test
    void trainings_that_ended_ninety_days_ago_are_listed_no_more() {
        ready("old");
        String id = request("old", "baseline");
        awaitEnd(id);

        pass(Duration.ofDays(89));
        when().get("/v1/trainings/" + id).then().statusCode(200);

        pass(Duration.ofDays(2));
        when().get("/v1/trainings/" + id).then().statusCode(404);
    }

    @Test
    void older_revisions_and_versions_are_forgotten_after_their_time_and_the_newest_never() {
        ready("older");
        Topics.publish(
                new UseCaseRevised(World.useCase("older"), 9, Instant.now()),
                Datasets.version("older", World.schema(), World.ships(100, 2)));
        await().until(() -> revisions() == 2 && versions() == 2);

        pass(Duration.ofDays(399));
        assertThat(revisions()).isEqualTo(2);

        pass(Duration.ofDays(2));
        assertThat(revisions()).isEqualTo(1);
        assertThat(versions()).isEqualTo(1);

        pass(Duration.ofDays(4_000));
        assertThat(revisions()).isEqualTo(1);
        assertThat(versions()).isEqualTo(1);
    }

    private void pass(Duration time) {
        clock.advance(time);
        housekeeping.sweep();
    }

    private static long revisions() {
        return Service.count("use_case_revision where name = ?", "older");
    }

    private static long versions() {
        return Service.count("dataset_version where dataset = ?", "older");
    }
}
