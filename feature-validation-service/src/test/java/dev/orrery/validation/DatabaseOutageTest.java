package dev.orrery.validation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.Topic;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class DatabaseOutageTest {

    @Test
    void use_cases_and_batches_that_come_while_the_database_is_away_wait_and_are_dealt_with_later() {
        String dataset = Ships.dataset("outage");
        Ships.decided(Ships.published(dataset, 20));
        String described = Ships.dataset("described-meanwhile");
        Map<Topic, Long> deadBefore = deadLetters();
        String[] batch = new String[1];

        Platform.withoutDatabase(() -> {
            Topics.publish(Ships.revised(described, 1, Ships.schema(Ships.column("draught"))));
            batch[0] = Ships.published(dataset, 200);
            Ships.await()
                    .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(503));
            given().get("/q/health/live").then().statusCode(200);
        });

        Ships.awaitSchema(described, 2);
        assertThat(Ships.decided(batch[0]).getString("state")).isEqualTo("accepted");
        assertThat(Ships.rows(dataset, 2)).hasSize(18 + 180);
        Ships.await().untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
        assertThat(deadLetters()).isEqualTo(deadBefore);
    }

    private static Map<Topic, Long> deadLetters() {
        return Stream.of(
                        Topic.USE_CASES,
                        Topic.BATCHES,
                        Topic.RECORDS_INGESTED,
                        Topic.RECORDS_VALIDATED,
                        Topic.RECORDS_REJECTED)
                .collect(Collectors.toMap(Function.identity(), topic -> (long)
                        Topics.records(topic.title() + Topic.DEAD_LETTER_SUFFIX).size()));
    }
}
