package dev.orrery.registry.outbox;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.registry.UseCaseText;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class OutboxRelayTest {

    @Inject
    EntityManager database;

    @Test
    void more_events_than_a_page_are_delivered_in_order_and_none_stays() {
        int count = 250;
        IntStream.rangeClosed(1, count)
                .forEach(i ->
                        UseCaseText.put("ob-many", UseCaseText.of("ob-many").replace("seed: 7", "seed: " + i)));

        assertThat(revisions("ob-many", count))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, count).boxed().toList());
        await().untilAsserted(() -> assertThat(QuarkusTransaction.requiringNew().call(() -> OutboxEntry.count()))
                .isZero());
        await().untilAsserted(
                        () -> assertThat(when().get("/q/metrics").asString()).contains("orrery_outbox_pending 0.0"));
    }

    @Test
    void while_another_instance_relays_this_one_leaves_the_events_alone() {
        QuarkusTransaction.requiringNew().run(() -> {
            database.createNativeQuery("SELECT 1 FROM pg_advisory_xact_lock(:lock)")
                    .setParameter("lock", OutboxRelay.LOCK)
                    .getSingleResult();
            UseCaseText.put("ob-locked");
            await().untilAsserted(() ->
                    assertThat(when().get("/q/metrics").asString()).contains("orrery_outbox_pending 1.0"));
            assertThat(Topics.present(Topic.USE_CASES, UseCaseRevised.class, OutboxRelayTest::locked))
                    .isEmpty();
        });

        assertThat(revisions("ob-locked", 1)).containsExactly(1);
    }

    private static boolean locked(UseCaseRevised revised) {
        return revised.useCase().name().equals("ob-locked");
    }

    private static List<Integer> revisions(String useCase, int atLeast) {
        return Topics.await(
                        Topic.USE_CASES,
                        UseCaseRevised.class,
                        revised -> revised.useCase().name().equals(useCase),
                        atLeast)
                .stream()
                .map(UseCaseRevised::revision)
                .toList();
    }
}
