package dev.orrery.registry.outbox;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.registry.UseCaseText;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = Outage.class, restrictToAnnotatedClass = true)
class OutageTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void what_changes_while_the_broker_is_away_is_kept_and_told_when_it_is_back() {
        UseCaseText.put("out-before");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(announced()).containsExactly("out-before"));
        Outage.stopBroker();

        UseCaseText.put("out-during");
        UseCaseText.put("out-also");

        await().atMost(PATIENCE).untilAsserted(() -> assertPending(2));
        when().get("/q/health/ready").then().statusCode(200);
        when().get("/q/health/live").then().statusCode(200);
        when().get("/v1/use-cases/out-during").then().statusCode(200);

        Outage.startBroker();

        await().atMost(PATIENCE).untilAsserted(() -> assertPending(0));
        assertThat(announced().stream().distinct()).containsExactly("out-before", "out-during", "out-also");
    }

    private static void assertPending(long events) {
        assertThat(QuarkusTransaction.requiringNew().call(() -> OutboxEntry.count()))
                .isEqualTo(events);
    }

    private static List<String> announced() {
        return Outage.events(Topic.USE_CASES).stream()
                .map(event -> ((UseCaseRevised) event).useCase().name())
                .toList();
    }
}
