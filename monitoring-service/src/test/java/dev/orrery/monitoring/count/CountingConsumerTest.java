package dev.orrery.monitoring.count;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.Outcome;
import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsMade;
import dev.orrery.contracts.event.Unlogged;
import dev.orrery.monitoring.Endpoint;
import dev.orrery.monitoring.Registry;
import dev.orrery.monitoring.drift.World;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(Registry.class)
class CountingConsumerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void who_lost_a_partition_without_knowing_counts_nothing_of_it() {
        TopicPartition partition = new TopicPartition("elsewhere", 3);
        inTransaction(() -> CountedPartition.next(partition));
        QuarkusTransaction.requiringNew().run(() -> CountedPartition.move(partition, 0, 70));

        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> CountedPartition.move(partition, 0, 50)))
                .hasMessageContaining("another instance counts elsewhere-3");

        assertThat(inTransaction(() -> CountedPartition.next(partition))).isEqualTo(70);
    }

    @Test
    void what_an_instance_says_it_leaves_out_is_not_missing_and_what_it_refused_is_in_no_window() {
        Endpoint endpoint = watched("left-out");
        PredictionsMade whole = endpoint.blocks(1, new World(7), 90).getFirst();
        List<Prediction> rows = new ArrayList<>(whole.rows().subList(0, 40));
        rows.add(refused(whole.rows().get(40), Outcome.INVALID));
        rows.add(refused(whole.rows().get(41), Outcome.SHED));
        rows.addAll(whole.rows().subList(80, 90));
        PredictionsMade newest = new PredictionsMade(whole.header(), List.of(), new Unlogged(30, 5));
        PredictionsMade older = new PredictionsMade(whole.header(), rows, new Unlogged(20, 0));

        Topics.publish(newest, older);

        awaitPredictions("left-out", 50);
        when().get("/v1/monitors/left-out")
                .then()
                .body("versions[0].refused", equalTo(2))
                .body("versions[0].estimated", equalTo(50f))
                .body("versions[0].open_window.predictions", equalTo(50));
        CountedInstance counted = inTransaction(() -> CountedInstance.<CountedInstance>find(
                        "key.instance", whole.header().instance())
                .firstResult());
        assertThat(counted.missing).isEqualTo(38 - 35);
        assertThat(counted.sampledOut).isEqualTo(30);
        assertThat(counted.dropped).isEqualTo(5);
    }

    private static Prediction refused(Prediction row, Outcome outcome) {
        return new Prediction(
                row.sequence(),
                row.at(),
                row.latencyNanos(),
                outcome,
                1,
                null,
                null,
                "refused",
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void blocks_that_overlap_count_each_prediction_once_and_what_never_comes_is_told() {
        Endpoint endpoint = watched("overlaps");
        PredictionsMade whole = endpoint.blocks(1, new World(6), 90).getFirst();
        PredictionsMade head = new PredictionsMade(whole.header(), whole.rows().subList(0, 60));
        PredictionsMade tail = new PredictionsMade(whole.header(), whole.rows().subList(40, 80));
        PredictionsMade last = new PredictionsMade(whole.header(), whole.rows().subList(85, 90));

        Topics.publish(tail, head, tail, last);

        awaitPredictions("overlaps", 85);
        CountedInstance counted = inTransaction(() -> CountedInstance.<CountedInstance>find(
                        "key.instance", whole.header().instance())
                .firstResult());
        assertThat(counted.missing).isEqualTo(5);
    }

    @Test
    void what_was_made_while_the_database_was_away_is_counted_once_when_it_is_back() {
        Endpoint endpoint = watched("outages");
        World world = new World(7);
        endpoint.predict(1, world, 300);
        awaitPredictions("outages", 300);

        Platform.withoutDatabase(() -> {
            endpoint.predict(1, world, 300);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> when().get("/q/health/ready").then().statusCode(503));
            endpoint.predict(1, world, 300);
        });

        awaitPredictions("outages", 900);
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void what_is_no_block_of_predictions_is_buried_with_the_reason_and_the_rest_goes_on() {
        Endpoint endpoint = watched("mixtures");
        World world = new World(8);
        endpoint.predict(1, world, 100);
        Endpoint nameless = new Endpoint("mixtures", "mix\0tures");
        PredictionsMade unnamed = nameless.blocks(1, world, 5).getFirst();
        Topics.publish(unnamed);
        Topics.publishGarbage(Topic.PREDICTIONS, "mixtures", "\u00c3\u0001 nothing");
        endpoint.predict(1, world, 100);

        awaitPredictions("mixtures", 200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Topics.records(Topic.PREDICTIONS.title() + Topic.DEAD_LETTER_SUFFIX))
                        .filteredOn(letter -> List.of("mixtures", "mix\0tures").contains(letter.key()))
                        .hasSize(2)
                        .allMatch(letter -> letter.headers().lastHeader("dead-letter-reason") != null));
    }

    private static Endpoint watched(String name) {
        Endpoint endpoint = new Endpoint(name);
        endpoint.announce(1, 500, Duration.ofMinutes(10));
        return endpoint;
    }

    private static void awaitPredictions(String endpoint, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get("/v1/monitors/{endpoint}", endpoint)
                        .then()
                        .statusCode(200)
                        .body("predictions", equalTo(count)));
    }

    private static <T> T inTransaction(Supplier<T> work) {
        return QuarkusTransaction.requiringNew().call(work::get);
    }
}
