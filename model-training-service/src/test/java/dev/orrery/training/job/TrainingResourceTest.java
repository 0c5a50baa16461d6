package dev.orrery.training.job;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.Profile;
import dev.orrery.contracts.Topic;
import dev.orrery.contracts.event.TrainingRequested;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.model.Golden;
import dev.orrery.model.PackageFiles;
import dev.orrery.model.ScoringModel;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import dev.orrery.training.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(MlflowServer.class)
class TrainingResourceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SHIPS = 1_500;

    @Inject
    DataSource database;

    @TempDir
    Path folder;

    @Test
    void a_training_ends_as_a_version_whose_package_proves_itself() throws IOException {
        ready("life-cycle");

        JsonPath job = awaitEnd(request("life-cycle", "gradient-boosting"));

        assertThat(job.getString("state")).isEqualTo("succeeded");
        assertThat(job.getInt("version")).isEqualTo(1);
        assertThat(job.getString("model")).isEqualTo("life-cycle");
        assertThat(job.getInt("dataset_version")).isEqualTo(1);
        assertThat(job.getInt("use_case_revision")).isEqualTo(4);
        assertThat(job.getInt("attempts")).isEqualTo(1);
        assertThat(job.getDouble("metrics.roc_auc")).isBetween(0.7, 1.0);
        assertThat(job.getInt("metrics.true_positives")
                        + job.getInt("metrics.false_positives")
                        + job.getInt("metrics.false_negatives")
                        + job.getInt("metrics.true_negatives"))
                .isEqualTo(job.getInt("metrics.holdout_rows"));
        assertThat(job.getString("finished_at")).isNotNull();
        MlflowServer.Run run = MlflowServer.runsOf(job.getString("id")).getFirst();
        assertThat(run.status).isEqualTo("FINISHED");
        assertThat(run.tags)
                .containsEntry("orrery.dataset-version", "1")
                .containsEntry("orrery.use-case-revision", "4")
                .containsEntry("orrery.recipe", "gradient-boosting")
                .containsKey("orrery.trainer-version");
        assertThat(run.params).containsEntry("trees", "20").containsEntry("seed", "7");
        assertThat(run.metrics.get("roc_auc"))
                .singleElement()
                .satisfies(logged -> assertThat(logged).isCloseTo(job.getDouble("metrics.roc_auc"), within(1e-6)));
        assertThat(run.metrics.get("validation_log_loss")).hasSize(20);
        unpack(run);
        try (ScoringModel model = ScoringModel.load(folder.resolve(PackageFiles.MODEL))) {
            assertThat(Golden.read(folder.resolve(PackageFiles.GOLDEN)).check(model))
                    .isEmpty();
            assertThat(model.card().threshold()).isCloseTo(job.getDouble("metrics.threshold"), within(1e-6));
        }
    }

    @Test
    void the_package_knows_its_reference_and_names_nobody() throws IOException {
        ready("private");
        String id = awaitEnd(request("private", "logistic-regression")).getString("id");
        unpack(MlflowServer.runsOf(id).getFirst());

        Profile profile =
                Json.MAPPER.readValue(folder.resolve(PackageFiles.PROFILE).toFile(), Profile.class);
        JsonNode description = new YAMLMapper()
                .readTree(folder.resolve(PackageFiles.DESCRIPTION).toFile());
        JsonNode inputs =
                Json.MAPPER.readTree(description.at("/signature/inputs").asText());

        assertThat(profile.features())
                .extracting(Profile.Bins::column)
                .containsExactly("speed", "crew", "heavy", "flag", "port", "built", "left_at");
        assertThat(profile.features())
                .extracting(Profile.Bins::total)
                .containsOnly(profile.features().getFirst().total());
        assertThat(profile.score().edges()).hasSize(9);
        assertThat(description.at("/flavors/python_function/loader_module").asText())
                .isEqualTo("mlflow.onnx");
        assertThat(inputs.findValuesAsText("type"))
                .containsExactly("double", "long", "boolean", "string", "string", "datetime", "datetime");
        assertThat(inputs.findValuesAsText("required")).containsOnly("false");
        for (String file : PackageFiles.ALL) {
            assertThat(Files.readString(folder.resolve(file), StandardCharsets.ISO_8859_1))
                    .as(file)
                    .doesNotContain("Captain s-", "\"s-1-");
        }
    }

    @Test
    void the_same_idempotency_key_asks_once_and_means_one_thing() {
        ready("once");
        String body = body("once", "baseline");

        String first = given().header("Idempotency-Key", "k-1")
                .contentType("application/json")
                .body(body)
                .post("/v1/trainings")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        String second = given().header("Idempotency-Key", "k-1")
                .contentType("application/json")
                .body(body)
                .post("/v1/trainings")
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        assertThat(second).isEqualTo(first);
        given().header("Idempotency-Key", "k-1")
                .contentType("application/json")
                .body(body("once", "gradient-boosting"))
                .post("/v1/trainings")
                .then()
                .statusCode(409)
                .body("detail", containsString("Idempotency-Key"));
        awaitEnd(first);
        when().get("/v1/trainings?use_case=once").then().body("trainings", hasSize(1));
        assertThat(MlflowServer.versionsOf("once")).hasSize(1);
    }

    @Test
    void what_is_not_known_is_refused_at_the_door_naming_what_is() {
        ready("known");

        post(body("knwon", "baseline")).then().statusCode(404).body("detail", containsString("Did you mean 'known'?"));
        post(body("known", "magic"))
                .then()
                .statusCode(400)
                .body("detail", containsString("logistic-regression, gradient-boosting, baseline"))
                .body("errors.field", hasItem("recipe"));
        post("{\"use_case\": \"known\", \"recipe\": \"baseline\", \"dataset_version\": 9}")
                .then()
                .statusCode(404)
                .body("detail", containsString("the newest is 1"));
        post("{}").then().statusCode(400).body("errors.field", hasItem("use_case"));
        post("{not json").then().statusCode(400).contentType("application/problem+json");
        when().get("/v1/trainings/nobody").then().statusCode(404).body("detail", containsString("nobody"));
        when().get("/v1/trainings?limit=0").then().statusCode(400);
        when().get("/v1/trainings?page_token=x").then().statusCode(400);
    }

    @Test
    void a_use_case_without_data_is_refused_saying_so() {
        Topics.publish(new UseCaseRevised(World.useCase("no-data"), 1, Instant.now()));

        await().untilAsserted(() -> post(body("no-data", "baseline"))
                .then()
                .statusCode(404)
                .body("detail", containsString("no version yet")));
    }

    @Test
    void trainings_are_listed_newest_first_in_pages() {
        ready("paged");
        List<String> ids =
                List.of(request("paged", "baseline"), request("paged", "baseline"), request("paged", "baseline"));

        JsonPath first = when().get("/v1/trainings?use_case=paged&limit=2").jsonPath();
        JsonPath second = when().get(
                        "/v1/trainings?use_case=paged&limit=2&page_token=" + first.getString("next_page_token"))
                .jsonPath();

        assertThat(first.getList("trainings.id", String.class)).containsExactly(ids.get(2), ids.get(1));
        assertThat(second.getList("trainings.id", String.class)).containsExactly(ids.get(0));
        assertThat(second.getString("next_page_token")).isNull();
        ids.forEach(this::awaitEnd);
    }

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
        Topics.publish(new TrainingRequested("early-1", "early", "baseline", null, null, Instant.now()));
        await().untilAsserted(() -> when().get("/v1/trainings/early-1").then().statusCode(200));

        ready("early");

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

    @Test
    void a_job_whose_worker_went_silent_is_taken_over() {
        ready("taken-over");
        insertRunning("taken-over", 1, Instant.now().minusSeconds(1));

        JsonPath job = awaitEnd("taken-over");

        assertThat(job.getString("state")).isEqualTo("succeeded");
        assertThat(job.getInt("attempts")).isEqualTo(2);
    }

    @Test
    void a_job_whose_worker_is_alive_is_left_alone() {
        ready("held");
        insertRunning("held", 1, Instant.now().plusSeconds(3600));

        assertThat(awaitEnd(request("held", "baseline")).getString("state")).isEqualTo("succeeded");

        when().get("/v1/trainings/held")
                .then()
                .body("state", equalTo("running"))
                .body("attempts", equalTo(1));
    }

    @Test
    void a_job_that_went_silent_three_times_is_given_up_with_the_reason() {
        ready("given-up");
        insertRunning("given-up", 3, Instant.now().minusSeconds(1));

        JsonPath job = awaitEnd("given-up");

        assertThat(job.getString("state")).isEqualTo("failed");
        assertThat(job.getString("error")).contains("3 attempts").contains("training");
    }

    @Test
    void a_job_that_is_done_again_after_it_registered_registers_nothing_new() {
        ready("registered");
        String id = request("registered", "logistic-regression");
        JsonPath before = awaitEnd(id);
        Map<String, byte[]> files = Map.copyOf(MlflowServer.ARTIFACTS);

        execute(
                "update training_job set state = 'RUNNING', worker = 'gone', version = null, lease_until = now() where id = ?",
                id);
        JsonPath after = awaitEnd(id);

        assertThat(after.getInt("attempts")).isEqualTo(2);
        assertThat(after.getInt("version")).isEqualTo(before.getInt("version"));
        assertThat(after.getString("run_id")).isEqualTo(before.getString("run_id"));
        assertThat(MlflowServer.runsOf(id)).hasSize(1);
        assertThat(MlflowServer.versionsOf("registered")).hasSize(1);
        String model = artifact(MlflowServer.runsOf(id).getFirst(), PackageFiles.MODEL);
        assertThat(MlflowServer.ARTIFACTS.get(model)).isEqualTo(files.get(model));
    }

    @Test
    void a_registry_that_is_away_for_a_moment_costs_an_attempt_and_no_model() {
        ready("away");
        MlflowServer.failNext(3, "away");

        JsonPath job = awaitEnd(request("away", "baseline"));

        assertThat(job.getString("state")).isEqualTo("succeeded");
        assertThat(job.getInt("attempts")).isEqualTo(2);
        assertThat(job.getString("error")).isNull();
    }

    @Test
    void a_registry_that_stays_away_fails_the_job_and_says_so() {
        ready("gone");
        MlflowServer.failNext(1_000, "gone");

        JsonPath job = awaitEnd(request("gone", "baseline"));

        assertThat(job.getString("state")).isEqualTo("failed");
        assertThat(job.getString("error")).contains("3 attempts").contains("registry");
        assertThat(MlflowServer.runsOf(job.getString("id")).getFirst().status).isEqualTo("FAILED");
    }

    @Test
    void data_that_no_model_can_be_trained_on_fails_at_once_and_marks_the_run() {
        Topics.publish(new UseCaseRevised(World.useCase("one-sided"), 1, Instant.now()));
        Topics.publish(Datasets.version(
                "one-sided", World.schema(), World.ships(200, 1).peek(ship -> ship.put("late", false))));
        awaitKnown("one-sided");

        JsonPath job = awaitEnd(request("one-sided", "gradient-boosting"));

        assertThat(job.getString("state")).isEqualTo("failed");
        assertThat(job.getInt("attempts")).isEqualTo(1);
        assertThat(job.getString("error")).contains("needs both outcomes");
        MlflowServer.Run run = MlflowServer.runsOf(job.getString("id")).getFirst();
        assertThat(run.status).isEqualTo("FAILED");
        assertThat(run.tags.get("orrery.error")).contains("needs both outcomes");
    }

    @Test
    void trainings_are_counted_and_timed_and_the_service_is_healthy() {
        ready("counted");
        awaitEnd(request("counted", "baseline"));

        String metrics = when().get("/q/metrics").asString();

        assertThat(metrics)
                .containsPattern("orrery_trainings_total\\{outcome=\"succeeded\",recipe=\"baseline\"} [1-9]")
                .containsPattern("orrery_training_seconds_count\\{recipe=\"baseline\"} [1-9]");
        when().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        when().get("/q/openapi").then().statusCode(200);
    }

    /// Announces a use case, then data for it, and waits until both are known.
    private void ready(String name) {
        Topics.publish(new UseCaseRevised(World.useCase(name), 4, Instant.now()));
        Topics.publish(Datasets.version(name, World.schema(), World.ships(SHIPS, 1)));
        awaitKnown(name);
    }

    private void awaitKnown(String name) {
        await().atMost(PATIENCE)
                .until(() -> count("dataset_version where dataset = ?", name) > 0
                        && count("use_case_revision where name = ?", name) > 0);
    }

    private static io.restassured.response.Response post(String body) {
        return given().contentType("application/json").body(body).post("/v1/trainings");
    }

    private static String body(String useCase, String recipe) {
        return "{\"use_case\": \"%s\", \"recipe\": \"%s\"}".formatted(useCase, recipe);
    }

    private static String request(String useCase, String recipe) {
        return post(body(useCase, recipe))
                .then()
                .statusCode(202)
                .header("Location", notNullValue())
                .extract()
                .path("id");
    }

    private JsonPath awaitEnd(String id) {
        await("end of training " + id).atMost(PATIENCE).until(() -> {
            JsonPath job = when().get("/v1/trainings/" + id).jsonPath();
            return List.of("succeeded", "failed").contains(String.valueOf(job.getString("state")));
        });
        return when().get("/v1/trainings/" + id).jsonPath();
    }

    private void insertRunning(String name, int attempts, Instant leaseUntil) {
        execute("""
                insert into training_job (id, use_case, use_case_revision, recipe, dataset_version, state, step, attempts,
                    not_before, worker, lease_until, created_at)
                values (?, ?, 4, 'baseline', 1, 'RUNNING', 'training', %d, now(), 'gone', '%s', now())""".formatted(attempts, leaseUntil), name, name);
    }

    private long count(String from, String name) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("select count(*) from " + from)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql, String... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            assertThat(statement.executeUpdate()).isEqualTo(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void unpack(MlflowServer.Run run) throws IOException {
        for (String file : PackageFiles.ALL) {
            Files.write(folder.resolve(file), MlflowServer.ARTIFACTS.get(artifact(run, file)));
        }
    }

    private static String artifact(MlflowServer.Run run, String file) {
        return "%s/%s/artifacts/model/%s".formatted(run.experiment, run.id, file);
    }
}
