package dev.orrery.training.job;

import static dev.orrery.training.job.Service.awaitEnd;
import static dev.orrery.training.job.Service.body;
import static dev.orrery.training.job.Service.post;
import static dev.orrery.training.job.Service.ready;
import static dev.orrery.training.job.Service.request;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.Profile;
import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.contracts.schema.Column;
import dev.orrery.contracts.schema.ColumnType;
import dev.orrery.contracts.schema.Presence;
import dev.orrery.contracts.usecase.Task;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.model.Golden;
import dev.orrery.model.ModelCard;
import dev.orrery.model.Output;
import dev.orrery.model.PackageFiles;
import dev.orrery.model.Scorer;
import dev.orrery.testing.Platform;
import dev.orrery.testing.Topics;
import dev.orrery.training.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(MlflowServer.class)
class TrainingResourceTest {

    private static final int REVISION = 4;

    @TempDir
    Path folder;

    @Test
    void a_training_ends_as_a_version_whose_package_proves_itself() throws IOException {
        ready("life-cycle", World.ships(1_500, 1));

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
        try (Scorer model =
                Scorer.load(folder.resolve(PackageFiles.MODEL), ModelCard.read(folder.resolve(PackageFiles.CARD)))) {
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
                .containsExactly("speed", "crew", "heavy", "flag", "port");
        assertThat(profile.features())
                .extracting(Profile.Bins::total)
                .containsOnly(profile.features().getFirst().total());
        assertThat(profile.outputs().getFirst().edges()).hasSize(9);
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
        post("{\"use_case\": \"known\", \"recipe\": \"baseline\", \"dataset_version\": 0}")
                .then()
                .statusCode(404)
                .body("detail", containsString("the newest is 1"));
        post("{\"use_case\": \"known\", \"recipe\": \"baseline\", \"trees\": 10}")
                .then()
                .statusCode(400)
                .body("detail", containsString("trees"));
        post("{\"use_case\": \"known\", \"recipe\": \"baseline\", \"data_set_version\": 1}")
                .then()
                .statusCode(400)
                .body("detail", containsString("Did you mean 'dataset_version'?"));
        post("{}").then().statusCode(400).body("errors.field", hasItem("use_case"));
        post("[]").then().statusCode(400).body("detail", containsString("cannot be read"));
        post("{\"dataset_version\": \"newest\"}")
                .then()
                .statusCode(400)
                .body("detail", containsString("at $.dataset_version, line 1: 'newest' is not a number"));
        post("{not json").then().statusCode(400).contentType("application/problem+json");
        when().get("/v1/trainings/nobody").then().statusCode(404).body("detail", containsString("nobody"));
        when().get("/v1/trainings?limit=0").then().statusCode(400);
        when().get("/v1/trainings?page_token=x").then().statusCode(400);
    }

    @Test
    void a_training_waits_for_the_first_version_or_for_the_one_it_names() {
        UseCase useCase = World.useCase("data-later");
        Topics.publish(new UseCaseRevised(useCase, 1, Instant.now()));
        await().untilAsserted(() ->
                post(body("data-later", "baseline")).then().statusCode(202).body("state", equalTo("queued")));
        String first = request("data-later", "baseline");
        String second = post("{\"use_case\": \"data-later\", \"recipe\": \"baseline\", \"dataset_version\": 2}")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        await().untilAsserted(() ->
                when().get("/v1/trainings/" + first).then().body("step", equalTo("waiting for its data")));

        Topics.publish(Datasets.version("data-later", useCase.dataset(), World.ships(1_000, 1)));
        assertThat(awaitEnd(first).getInt("dataset_version")).isEqualTo(1);

        Topics.publish(Datasets.version("data-later", useCase.dataset(), World.ships(100, 2)));
        assertThat(awaitEnd(second).getInt("dataset_version")).isEqualTo(2);
    }

    @Test
    void a_version_that_never_comes_is_waited_for_as_long_as_is_stated() {
        ready("never");

        JsonPath job = awaitEnd(post("{\"use_case\": \"never\", \"recipe\": \"baseline\", \"dataset_version\": 9}")
                .then()
                .statusCode(202)
                .extract()
                .path("id"));

        assertThat(job.getString("state")).isEqualTo("failed");
        assertThat(job.getString("error"))
                .contains("no version 9; the newest is 1")
                .contains("waited for it for 5 seconds");
    }

    @Test
    void a_label_of_words_trains_and_the_card_knows_its_words() throws IOException {
        Column label = new Column("late", ColumnType.TEXT, Presence.OPTIONAL, null, null);
        UseCase useCase = World.useCase("worded", label, new Task.Binary("late", null));
        Topics.publish(
                new UseCaseRevised(useCase, REVISION, Instant.now()),
                Datasets.version("worded", useCase.dataset(), World.ships(600, 1, "late", "in time")));
        await().untilAsserted(() -> post(body("worded", "baseline")).then().statusCode(202));

        String id = awaitEnd(request("worded", "logistic-regression")).getString("id");
        unpack(MlflowServer.runsOf(id).getFirst());

        ModelCard card = ModelCard.read(folder.resolve(PackageFiles.CARD));
        assertThat(card.task()).isEqualTo(new Task.Binary("late", "in time"));
        assertThat(card.output(Output.SCORE).classes()).containsExactly("late");
        assertThat(card.output(Output.DECISION).classes()).containsExactly("in time", "late");
    }

    @Test
    void what_cannot_be_trained_here_is_refused_by_name() {
        Column speed = new Column("late", ColumnType.INTEGER, Presence.OPTIONAL, null, null);
        Topics.publish(
                new UseCaseRevised(World.useCase("priced", speed, new Task.Regression()), 1, Instant.now()),
                new UseCaseRevised(
                        World.useCase("ordered", speed, new Task.Unknown("ranking", Map.of())), 1, Instant.now()));

        await().untilAsserted(() -> post(body("priced", "logistic-regression"))
                .then()
                .statusCode(400)
                .body("detail", containsString("task 'regression' of use case 'priced' cannot be trained yet")));
        await().untilAsserted(() -> post(body("ordered", "logistic-regression"))
                .then()
                .statusCode(400)
                .body("detail", containsString("task 'ranking' is not known here: it needs a newer version")));
    }

    @Test
    void what_only_a_newer_version_understands_is_refused_by_name_and_kept_for_it() {
        UseCase useCase = World.useCase("ahead");
        Topics.publishNewer(
                new UseCaseRevised(useCase, 1, Instant.now()),
                "{\"algorithm\":\"gradient-boosting\"",
                "{\"algorithm\":\"forest\",\"shape\":{\"deep\":true}");
        Topics.publish(Datasets.version("ahead", useCase.dataset(), World.ships(600, 1)));
        await().untilAsserted(() -> post(body("ahead", "baseline")).then().statusCode(202));

        post(body("ahead", "forest"))
                .then()
                .statusCode(400)
                .body("detail", containsString("algorithm 'forest' is not known here: it needs a newer version"));
        assertThat(Service.count(
                        "use_case_revision where document like '%\"shape\":{\"deep\":true}%' and name = ?", "ahead"))
                .isOne();
        assertThat(awaitEnd(request("ahead", "baseline")).getString("state")).isEqualTo("succeeded");

        Topics.publishNewer(new UseCaseRevised(useCase, 2, Instant.now()), "\"number\"", "\"vector\"");
        await().untilAsserted(() -> post(body("ahead", "baseline"))
                .then()
                .statusCode(409)
                .body("detail", containsString("column type 'vector' is not known here: it needs a newer version")));
    }

    @Test
    void words_beyond_the_basic_plane_train_and_agree_with_their_golden_rows() throws IOException {
        UseCase useCase = World.useCase("astral", World.schemaOfFlags(List.of("PA", "\uD83D\uDC4D")));
        Topics.publish(
                new UseCaseRevised(useCase, REVISION, Instant.now()),
                Datasets.version("astral", useCase.dataset(), World.flagged(400, "PA", "\uD83D\uDC4D")));
        await().untilAsserted(() -> post(body("astral", "baseline")).then().statusCode(202));

        for (String recipe : List.of("logistic-regression", "gradient-boosting", "baseline")) {
            JsonPath job = awaitEnd(request("astral", recipe));

            assertThat(job.getString("error")).isNull();
            unpack(MlflowServer.runsOf(job.getString("id")).getFirst());
            Golden golden = Golden.read(folder.resolve(PackageFiles.GOLDEN));
            assertThat(golden.rows()).anyMatch(row -> "\uD83D\uDC4D".equals(row.get("flag")));
            try (Scorer model = Scorer.load(
                    folder.resolve(PackageFiles.MODEL), ModelCard.read(folder.resolve(PackageFiles.CARD)))) {
                assertThat(golden.check(model)).isEmpty();
            }
        }
    }

    @Test
    void dataset_and_model_have_the_names_that_the_use_case_gives_them() {
        UseCase useCase = World.useCaseNamed("own-names", "shared-ships", "late-ships");
        Topics.publish(
                new UseCaseRevised(useCase, 1, Instant.now()),
                Datasets.version("shared-ships", useCase.dataset(), World.ships(1_000, 1)));
        await().untilAsserted(() -> post(body("own-names", "baseline")).then().statusCode(202));

        JsonPath job = awaitEnd(request("own-names", "baseline"));

        assertThat(job.getString("model")).isEqualTo("late-ships");
        assertThat(MlflowServer.versionsOf("late-ships")).isNotEmpty();
        assertThat(MlflowServer.runsOf(job.getString("id")).getFirst().tags)
                .containsEntry("orrery.dataset", "shared-ships")
                .containsEntry("orrery.use-case", "own-names");
    }

    @Test
    void a_rule_is_judged_by_its_own_yes_and_no_beside_everybody_and_nobody() {
        ready("judged");

        JsonPath job = awaitEnd(request("judged", "baseline"));

        int yes = job.getInt("metrics.true_positives") + job.getInt("metrics.false_positives");
        int positives = job.getInt("metrics.true_positives") + job.getInt("metrics.false_negatives");
        int rows = job.getInt("metrics.holdout_rows");
        assertThat(job.getDouble("metrics.threshold")).isEqualTo(0.5);
        assertThat(yes).isBetween(1, rows / 2);
        assertThat(job.getDouble("metrics.value_per_1000_everybody"))
                .isCloseTo(1000.0 * (60 * positives - 10 * (rows - positives)) / rows, within(0.01));
        assertThat(job.getDouble("metrics.value_per_1000_nobody"))
                .isCloseTo(1000.0 * -100 * positives / rows, within(0.01));
        assertThat(MlflowServer.runsOf(job.getString("id")).getFirst().metrics)
                .containsKeys("threshold", "true_positives", "value_per_1000_everybody", "value_per_1000_nobody");
    }

    @Test
    void what_a_person_should_know_of_the_data_stands_with_the_training_and_its_run() {
        ready("warned");

        JsonPath job = awaitEnd(request("warned", "baseline"));

        assertThat(job.getList("warnings", String.class))
                .anySatisfy(warning -> assertThat(warning).contains("'built'").contains("days since 2000"));
        assertThat(MlflowServer.runsOf(job.getString("id")).getFirst().tags.get("orrery.warnings"))
                .contains("'built'");
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
        ids.forEach(Service::awaitEnd);
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
        when().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("components.schemas.Metrics.properties.value_per_1000_everybody.description", not(emptyString()))
                .body("components.schemas.keySet()", hasItems("Training", "Trainings", "NewTraining", "Metrics"))
                .body("components.schemas.keySet()", everyItem(not(startsWith("View"))));
        assertThat(metrics)
                .contains("# HELP orrery_trainings Trainings that have ended")
                .contains("# HELP orrery_training_seconds How long");
    }

    private void unpack(MlflowServer.Run run) throws IOException {
        for (String file : PackageFiles.ALL) {
            Files.write(folder.resolve(file), MlflowServer.ARTIFACTS.get(run.pathOf(file)));
        }
    }
}
