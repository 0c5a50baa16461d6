package dev.orrery.training.job;

import static dev.orrery.training.job.Service.awaitEnd;
import static dev.orrery.training.job.Service.ready;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(MlflowServer.class)
class TrainingConsumerTest {

    @Test
    void a_request_from_the_topic_trains_once_however_often_it_is_delivered() {
        ready("by-topic");
        TrainingRequested asked =
                new TrainingRequested("by-topic-1", "by-topic", "baseline", null, "drift", Instant.now());

        Topics.publish(asked, asked, asked);

        JsonPath job = awaitEnd("by-topic-1");
        assertThat(job.getString("state")).isEqualTo("succeeded");
        assertThat(job.getString("reason")).isEqualTo("drift");
        assertThat(MlflowServer.runsOf("by-topic-1")).hasSize(1);
        assertThat(MlflowServer.versionsOf("by-topic")).hasSize(1);
    }

    @Test
    void a_request_may_overtake_the_use_case_and_the_data_it_is_about() {
        UseCaseRevised useCase = new UseCaseRevised(World.useCase("early"), 1, Instant.now());
        DatasetVersionCreated data = Datasets.version("early", World.schema(), World.ships(1_000, 1));
        Topics.publish(new TrainingRequested("early-1", "early", "baseline", null, null, Instant.now()));
        await().untilAsserted(() -> when().get("/v1/trainings/early-1").then().statusCode(200));

        Topics.publish(useCase, data);

        assertThat(awaitEnd("early-1").getString("state")).isEqualTo("succeeded");
    }

    @Test
    void a_request_from_the_topic_for_nothing_known_fails_saying_why() {
        ready("topic-errors");
        Topics.publish(
                new TrainingRequested("wrong-1", "nothing", "baseline", null, null, Instant.now()),
                new TrainingRequested("wrong-2", "topic-errors", "magic", null, null, Instant.now()),
                new TrainingRequested("wrong-3", "topic-errors", "baseline", 77, null, Instant.now()));

        assertThat(awaitEnd("wrong-1").getString("error")).contains("no use case 'nothing'");
        assertThat(awaitEnd("wrong-2").getString("error")).contains("no recipe 'magic'");
        assertThat(awaitEnd("wrong-3").getString("error")).contains("no version 77");
    }

    @Test
    void what_is_no_request_goes_to_the_dead_letters_and_stops_nobody() {
        ready("after-poison");
        Topics.publishGarbage(Topic.TRAINING_REQUESTS, "poison-1", "{not an event");
        Topics.publish(
                new TrainingRequested("x' or 1=1 --", "after-poison", "baseline", null, null, Instant.now()),
                new TrainingRequested("after-poison-1", "after-poison", "baseline", null, null, Instant.now()));

        assertThat(awaitEnd("after-poison-1").getString("state")).isEqualTo("succeeded");
        await().untilAsserted(
                        () -> assertThat(Topics.records(Topic.TRAINING_REQUESTS.title() + Topic.DEAD_LETTER_SUFFIX))
                                .hasSizeGreaterThanOrEqualTo(2));
    }
}
