package dev.orrery.training.job;

import static dev.orrery.training.job.Service.awaitEnd;
import static dev.orrery.training.job.Service.body;
import static dev.orrery.training.job.Service.leaveRunning;
import static dev.orrery.training.job.Service.post;
import static dev.orrery.training.job.Service.ready;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.DatasetVersionCreated;
import dev.orrery.contracts.event.TrainingRequested;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import dev.orrery.training.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(MlflowServer.class)
class OutageConsumerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<Topic> HEARD = List.of(Topic.USE_CASES, Topic.DATASET_VERSIONS, Topic.TRAINING_REQUESTS);

    @Test
    void what_arrives_while_the_database_is_away_waits_for_it_and_no_training_takes_an_older_revision() {
        ready("outage");
        DatasetVersionCreated second = Datasets.version("outage", World.schema(), World.ships(500, 2));
        List<Integer> deadBefore = dead();

        Platform.withoutDatabase(() -> {
            Topics.publish(
                    new UseCaseRevised(World.useCase("outage"), 5, Instant.now()),
                    second,
                    new TrainingRequested("outage-1", "outage", "baseline", 2, null, Instant.now()));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> when().get("/q/health/ready")
                            .then()
                            .statusCode(503)
                            .body(containsString("the database is away")));
            post(body("outage", "baseline")).then().statusCode(503);
        });

        JsonPath job = awaitEnd("outage-1");
        assertThat(job.getString("state")).isEqualTo("succeeded");
        assertThat(job.getInt("use_case_revision")).isEqualTo(5);
        assertThat(job.getInt("dataset_version")).isEqualTo(2);
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
        assertThat(dead()).isEqualTo(deadBefore);
    }

    @Test
    void while_kafka_is_away_what_has_begun_is_trained_and_new_wishes_are_told_to_come_again() {
        ready("no-broker");

        Platform.withoutBroker(() -> {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> post(body("no-broker", "baseline"))
                            .then()
                            .statusCode(503)
                            .body("detail", containsString("the broker is away")));
            leaveRunning("no-broker", 1, Instant.now().minusSeconds(1));
            assertThat(awaitEnd("no-broker").getString("state")).isEqualTo("succeeded");
        });

        await().atMost(PATIENCE)
                .untilAsserted(() -> post(body("no-broker", "baseline")).then().statusCode(202));
    }

    private static List<Integer> dead() {
        return HEARD.stream()
                .map(topic ->
                        Topics.records(topic.title() + Topic.DEAD_LETTER_SUFFIX).size())
                .toList();
    }
}
