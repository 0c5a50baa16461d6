package dev.orrery.registry.announcement;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.DeploymentChanged;
import dev.orrery.contracts.event.ModelVersionChanged;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.kit.consumer.Consumers;
import dev.orrery.kit.loop.Loops;
import dev.orrery.registry.TinyModel;
import dev.orrery.registry.UseCaseText;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class AnnouncementTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Inject
    @All
    List<Announced> kinds;

    @Inject
    Consumers consumers;

    @Inject
    Loops loops;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @Test
    void what_changes_while_the_broker_is_away_is_kept_and_told_in_order_when_it_is_back() {
        Platform.withoutBroker(() -> {
            for (String name : List.of("an-out-1", "an-out-2", "an-out-3")) {
                UseCaseText.put(name);
            }
            when().get("/q/health/ready").then().statusCode(200);
            when().get("/q/health/live").then().statusCode(200);
            when().get("/v1/use-cases/an-out-2").then().statusCode(200);
        });

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(useCases("an-out-")).containsExactly("an-out-1", "an-out-2", "an-out-3"));
    }

    @Test
    void while_the_database_is_away_requests_are_told_so_and_what_was_put_before_is_delivered_after() {
        UseCaseText.put("an-db-1");
        Platform.withoutDatabase(() -> {
            UseCaseText.put("an-db-2", UseCaseText.of("an-db-2"))
                    .statusCode(503)
                    .header("Retry-After", "5")
                    .contentType("application/problem+json");
            when().get("/v1/use-cases").then().statusCode(503);
            when().get("/api/2.0/mlflow/experiments/get?experiment_id=0")
                    .then()
                    .statusCode(503)
                    .body("error_code", equalTo("TEMPORARILY_UNAVAILABLE"));
            when().get("/q/health/live").then().statusCode(200);
        });

        await().atMost(PATIENCE).untilAsserted(() -> UseCaseText.put("an-db-2"));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(useCases("an-db-").stream().distinct()).containsExactly("an-db-1", "an-db-2"));
    }

    @Test
    void what_the_topics_lost_is_announced_again_at_the_next_start_and_nothing_else()
            throws ExecutionException, InterruptedException {
        UseCaseText.put("an14");
        TinyModel.register("an14");
        when().post("/v1/models/an14/versions/1/promotion").then().statusCode(200);
        Topics.await(
                Topic.DEPLOYMENTS,
                DeploymentChanged.class,
                changed -> changed.endpoint().equals("an14"),
                1);
        Topics.await(
                Topic.MODEL_VERSIONS,
                ModelVersionChanged.class,
                changed -> changed.model().equals("an14"),
                2);
        Topics.await(
                Topic.USE_CASES,
                UseCaseRevised.class,
                revised -> revised.useCase().name().equals("an14"),
                1);
        empty(Topic.USE_CASES, Topic.MODEL_VERSIONS, Topic.DEPLOYMENTS);

        start();

        Topics.await(
                Topic.DEPLOYMENTS,
                DeploymentChanged.class,
                changed -> changed.endpoint().equals("an14"),
                1);
        assertThat(Topics.await(
                        Topic.MODEL_VERSIONS,
                        ModelVersionChanged.class,
                        changed -> changed.model().equals("an14"),
                        1))
                .extracting(ModelVersionChanged::revision)
                .containsExactly(2L);
        Topics.await(
                Topic.USE_CASES,
                UseCaseRevised.class,
                revised -> revised.useCase().name().equals("an14"),
                1);
        awaitOutbox();
        int told = Topics.records(Topic.MODEL_VERSIONS.title()).size();
        start();
        awaitOutbox();
        assertThat(Topics.records(Topic.MODEL_VERSIONS.title())).hasSize(told);
    }

    /// As the service does when it starts.
    private void start() {
        var lost = new LostAnnouncements(kinds);
        lost.read(consumers);
        await().until(lost::isCompared);
    }

    private static void awaitOutbox() {
        await().untilAsserted(() -> when().get("/q/metrics").then().body(containsString("orrery_outbox_pending 0.0")));
    }

    private void empty(Topic... topics) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            for (Topic topic : topics) {
                TopicPartition only = new TopicPartition(topic.title(), 0);
                // The broker keeps what is compacted from being deleted.
                clean(admin, topic, TopicConfig.CLEANUP_POLICY_DELETE);
                admin.deleteRecords(Map.of(only, RecordsToDelete.beforeOffset(-1)))
                        .all()
                        .get();
                clean(admin, topic, TopicConfig.CLEANUP_POLICY_COMPACT);
            }
        }
    }

    private static void clean(Admin admin, Topic topic, String policy) throws ExecutionException, InterruptedException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.title());
        var setting = new ConfigEntry(TopicConfig.CLEANUP_POLICY_CONFIG, policy);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(new AlterConfigOp(setting, AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private static List<String> useCases(String prefix) {
        return Topics.present(
                        Topic.USE_CASES,
                        UseCaseRevised.class,
                        revised -> revised.useCase().name().startsWith(prefix))
                .stream()
                .map(revised -> revised.useCase().name())
                .toList();
    }
}
