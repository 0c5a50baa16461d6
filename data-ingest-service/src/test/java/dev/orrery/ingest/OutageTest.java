package dev.orrery.ingest;

import static dev.orrery.ingest.Sender.accepted;
import static dev.orrery.ingest.Sender.dataset;
import static dev.orrery.ingest.Sender.ends;
import static dev.orrery.ingest.Sender.published;
import static dev.orrery.ingest.Sender.rows;
import static dev.orrery.ingest.Sender.schema;
import static dev.orrery.ingest.Sender.send;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.notNullValue;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.IngestEnded;
import dev.orrery.contracts.event.SchemaActivated;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The database goes away while schemas and files come in.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class OutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int ROWS = 30_000;

    @Test
    void schemas_and_batches_that_meet_an_outage_of_the_database_are_whole_when_it_is_back() {
        dataset("outage", "id", "left");
        String begun = accepted("outage", numbered());

        Platform.withoutDatabase(() -> {
            Topics.publish(new SchemaActivated("outage-new", 1, schema(List.of(), "id", "left"), 7, Instant.now()));
            await().atMost(PATIENCE).until(() -> readiness() == 503);
            send("outage", "id,left\na,true\n")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", notNullValue())
                    .body("detail", containsString("ask again"));
        });

        await().atMost(PATIENCE).until(() -> readiness() == 200);
        await().atMost(PATIENCE).until(() -> send("outage-new", "").statusCode() != 404);
        published(accepted("outage-new", "id,left\na,true\n"));
        published(begun);
        assertThat(rows(begun)).hasSize(ROWS);
        assertThat(ends(begun).stream().mapToLong(IngestEnded::rows).sum()).isEqualTo(ROWS);
        assertThat(Topics.records(Topic.SCHEMAS.title() + Topic.DEAD_LETTER_SUFFIX))
                .noneMatch(record -> "outage-new".equals(record.key()));
    }

    private static int readiness() {
        return given().get("/q/health/ready").statusCode();
    }

    private static String numbered() {
        return IntStream.rangeClosed(1, ROWS)
                .mapToObj(i -> "o" + i + ",true\n")
                .collect(Collectors.joining("", "id,left\n", ""));
    }
}
