package dev.orrery.monitoring.prediction;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.orrery.contracts.event.Prediction;
import dev.orrery.contracts.event.PredictionsMade;
import dev.orrery.monitoring.Endpoint;
import dev.orrery.monitoring.Registry;
import dev.orrery.monitoring.drift.World;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(Registry.class)
class PredictionResourceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void a_prediction_is_found_by_its_id_with_what_was_asked_and_answered() {
        PredictionsMade[] made = counted("found", 350);
        PredictionsMade block = made[2];
        Prediction row = block.rows().get(17);

        get(block.header().id(row.sequence()))
                .statusCode(200)
                .body("id", equalTo(block.header().id(row.sequence())))
                .body("endpoint", equalTo("found"))
                .body("model", equalTo("found"))
                .body("version", equalTo(1))
                .body("role", equalTo("champion"))
                .body("deployment_revision", equalTo(1))
                .body("inputs.number_0.toDouble()", closeTo((double) row.cells().getFirst(), 1e-5))
                .body("outputs.score.toDouble()", closeTo((double) row.outputs().getFirst(), 1e-5))
                .body("error", nullValue())
                .body("outcome", equalTo("ok"))
                .body("position.topic", equalTo("orrery.predictions.v2"));
        assertThat(runs("found")).as("neighbouring blocks share a row").hasSize(1);
    }

    @Test
    void blocks_that_were_sent_again_and_in_another_order_are_found_as_well() {
        Endpoint endpoint = endpoint("mixed-up");
        List<PredictionsMade> blocks = endpoint.blocks(1, new World(5), 400);

        Topics.publish(blocks.get(3), blocks.get(0), blocks.get(3), blocks.get(2), blocks.get(1), blocks.get(0));

        awaitPredictions("mixed-up", 400);
        for (PredictionsMade block : blocks) {
            get(block.header().id(block.rows().getLast().sequence())).statusCode(200);
        }
    }

    @Test
    void an_id_that_nothing_has_is_answered_with_what_is_known() {
        PredictionsMade block = counted("unknown-ids", 100)[0];

        get("nonsense").statusCode(404).body("detail", containsString("is no id of a prediction"));
        get("nobody-12").statusCode(404).body("detail", containsString("Nothing is known of instance 'nobody'"));
        get(block.header().id(101))
                .statusCode(404)
                .body("detail", allOf(containsString("has not arrived"), containsString("100")));
        get(block.header().id(0)).statusCode(410).body("detail", containsString("older than what is kept"));
    }

    @Test
    void what_sampling_left_out_is_not_found_and_that_may_be_why() {
        Endpoint endpoint = endpoint("sampled");
        PredictionsMade whole = endpoint.blocks(1, new World(9), 90).getFirst();
        Topics.publish(
                new PredictionsMade(whole.header(), whole.rows().subList(0, 10)),
                new PredictionsMade(whole.header(), whole.rows().subList(20, 30)));
        awaitPredictions("sampled", 20);

        get(whole.header().id(15)).statusCode(404).body("detail", containsString("sampling"));
    }

    @Test
    void a_block_that_the_topic_has_let_go_is_gone() {
        PredictionsMade block = counted("let-go", 100)[0];
        QuarkusTransaction.requiringNew()
                .run(() -> BlockRun.update("lastOffset = -1 where key.instance = ?1", "let-go"));

        get(block.header().id(50)).statusCode(410).body("detail", containsString("no longer on its topic"));
    }

    @Test
    void where_its_model_came_from_is_told_as_far_as_its_files() {
        Registry.answer("/v1/models/descended/versions/1", """
                {"model": "descended", "version": 1, "state": "blessed", "run_id": "r1", "source": "mlflow-artifacts:/1",
                 "tags": {"orrery.dataset": "people", "orrery.dataset-version": "2"}}""");
        Registry.answer("/api/2.0/mlflow/runs/get?run_id=r1", """
                {"run": {"info": {"run_id": "r1", "run_name": "trees", "status": "FINISHED", "start_time": 1700000000000},
                         "data": {"params": [{"key": "rounds", "value": "150"}]}}}""");
        Registry.answer("/v1/datasets/people/versions/2", """
                {"dataset": "people", "version": 2, "rows": 700, "snapshot_id": 8, "schema_version": 1,
                 "metadata_uri": "file:///lake/m.json", "batches": ["b2"], "created_at": "2026-01-31T12:00:00Z"}""");
        Registry.answer("/v1/datasets/people/versions?limit=1000", """
                {"versions": [{"version": 1, "batches": ["b1"]}, {"version": 2, "batches": ["b2"]},
                              {"version": 3, "batches": ["b3"]}]}""");
        Registry.answer("/v1/batches/b2", """
                {"id": "b2", "rows": 500, "bytes": 9000, "digest": "abc", "created_at": "2026-01-31T11:00:00Z"}""");
        PredictionsMade block = counted("descended", 10)[0];

        get(block.header().id(3))
                .statusCode(200)
                .body("lineage.model_version.state", equalTo("blessed"))
                .body("lineage.run.params.rounds", equalTo("150"))
                .body("lineage.run.started_at", notNullValue())
                .body("lineage.dataset_version.rows", equalTo(700))
                .body("lineage.batches.id", equalTo(List.of("b2", "b1")))
                .body("lineage.batches[0].digest", equalTo("abc"))
                .body("lineage.unavailable", hasSize(1))
                .body("lineage.unavailable", hasItem(containsString("batch b1: ingest does not know it")));
        when().get("/v1/predictions/{id}?lineage=false", block.header().id(3))
                .then()
                .statusCode(200)
                .body("lineage", nullValue());
    }

    @Test
    void services_that_are_away_cost_the_lineage_and_nothing_else() {
        PredictionsMade block = counted("orphaned", 10)[0];

        get(block.header().id(3))
                .statusCode(200)
                .body("outputs.score", notNullValue())
                .body("lineage.batches", empty())
                .body("lineage.unavailable", everyItem(containsString("model orphaned, version 1: the registry")));
    }

    @Test
    void it_is_explained_anew_by_the_version_that_made_it() {
        Registry.answer("/v1/models/explained/versions/1/package/card.json", """
                {"inputs": [%s]}""".formatted(World.COLUMNS.stream()
                .map(column -> "{\"name\": \"%s\", \"type\": \"%s\"}"
                        .formatted(column, column.startsWith("number") ? "number" : "category"))
                .collect(Collectors.joining(","))));
        Registry.answer("/v1/endpoints/explained/explanations?version=1", """
                {"explanations": [{"base": 0.5, "contributions": [{"column": "number_0", "contribution": 0.1}]}]}""");
        PredictionsMade block = counted("explained", 10)[0];

        get(block.header().id(3))
                .statusCode(200)
                .body("explanation.given.contributions[0].column", equalTo("number_0"))
                .body("explanation.unavailable", nullValue());
    }

    @Test
    void why_it_cannot_be_explained_is_told() {
        PredictionsMade block = counted("unexplained", 10)[0];

        get(block.header().id(3))
                .statusCode(200)
                .body("explanation.given", nullValue())
                .body("explanation.unavailable", containsString("the registry does not know it"));
    }

    private static PredictionsMade[] counted(String name, int count) {
        PredictionsMade[] made = endpoint(name).predict(1, new World(name.hashCode()), count);
        awaitPredictions(name, count);
        return made;
    }

    private static Endpoint endpoint(String name) {
        Endpoint endpoint = new Endpoint(name);
        endpoint.announce(1, 500, Duration.ofMinutes(10));
        return endpoint;
    }

    private static List<BlockRun> runs(String instance) {
        return QuarkusTransaction.requiringNew().call(() -> BlockRun.list("key.instance", instance));
    }

    private static ValidatableResponse get(String id) {
        return when().get("/v1/predictions/{id}", id).then();
    }

    private static void awaitPredictions(String endpoint, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> when().get("/v1/monitors/{endpoint}", endpoint)
                        .then()
                        .statusCode(200)
                        .body("predictions", equalTo(count)));
    }
}
