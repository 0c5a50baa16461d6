package dev.orrery.kit.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.TrainingRequested;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A service whose database or broker goes away while events arrive.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class OutageTest {

    @Inject
    Consumers consumers;

    @Inject
    DataSource database;

    private final String mark = UUID.randomUUID().toString();
    private final List<String> kept = new CopyOnWriteArrayList<>();
    private EventConsumer<TrainingRequested> consumer;

    @BeforeEach
    void consume() {
        consumer = consumers.share(mark, Topic.TRAINING_REQUESTS, TrainingRequested.class, this::keep);
    }

    @AfterEach
    void stop() {
        consumer.close();
    }

    @Test
    void without_the_database_events_wait_the_service_is_not_ready_and_nothing_is_dead_lettered() {
        publish("before");
        patiently().until(() -> kept.size() == 1);

        Platform.withoutDatabase(() -> {
            publish("meanwhile 1");
            publish("meanwhile 2");
            patiently().until(() -> consumer.waitsFor().orElse("").contains("the database is away"));
            assertThat(readiness()).isEqualTo(503);
        });

        patiently().until(() -> kept.size() == 3);
        assertThat(kept).containsExactly("before", "meanwhile 1", "meanwhile 2");
        patiently().until(() -> readiness() == 200);
        assertThat(Topics.records(Topic.TRAINING_REQUESTS.title() + Topic.DEAD_LETTER_SUFFIX))
                .noneMatch(record -> mark.equals(record.key()));
    }

    @Test
    void without_the_broker_the_service_is_not_ready_and_goes_on_when_it_is_back() {
        publish("before");
        patiently().until(() -> kept.size() == 1);

        Platform.withoutBroker(() -> patiently().until(() -> readiness() == 503));

        publish("after");
        patiently().until(() -> kept.size() == 2);
        patiently().until(() -> readiness() == 200);
    }

    /// As a service would: with the database.
    private void keep(TrainingRequested event) {
        if (!event.useCase().equals(mark)) {
            return;
        }
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            kept.add(event.recipe());
        } catch (SQLException e) {
            throw new IllegalStateException("not kept", e);
        }
    }

    private void publish(String text) {
        Topics.publish(new TrainingRequested(UUID.randomUUID().toString(), mark, text, null, "test", Instant.now()));
    }

    private static int readiness() {
        return RestAssured.get("/q/health/ready").statusCode();
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(40));
    }
}
