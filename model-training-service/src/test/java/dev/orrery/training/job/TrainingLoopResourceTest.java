package dev.orrery.training.job;

import static dev.orrery.training.job.Service.awaitEnd;
import static dev.orrery.training.job.Service.execute;
import static dev.orrery.training.job.Service.leaveRunning;
import static dev.orrery.training.job.Service.ready;
import static dev.orrery.training.job.Service.request;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.orrery.kit.loop.ProcessEnd;
import dev.orrery.model.PackageFiles;
import dev.orrery.testing.MovableClock;
import dev.orrery.testing.Platform;
import dev.orrery.training.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(MlflowServer.class)
class TrainingLoopResourceTest {

    @Inject
    TrainingLoop loop;

    @Inject
    ProcessEnd end;

    @Inject
    MovableClock clock;

    @AfterEach
    void mend() {
        clock.reset();
        BreakablePipeline.BREAKS.clear();
        end.forget();
    }

    @Test
    void a_job_whose_worker_went_silent_is_taken_over() {
        ready("taken-over");
        leaveRunning("taken-over", 1, Instant.now().minusSeconds(1));

        JsonPath job = awaitEnd("taken-over");

        assertThat(job.getString("state")).isEqualTo("succeeded");
        assertThat(job.getInt("attempts")).isEqualTo(2);
    }

    @Test
    void a_job_whose_worker_is_alive_is_left_alone_whatever_this_machines_clock_says() {
        ready("held");
        clock.advance(Duration.ofDays(1));
        leaveRunning("held", 1, Instant.now().plusSeconds(3600));

        assertThat(awaitEnd(request("held", "baseline")).getString("state")).isEqualTo("succeeded");

        when().get("/v1/trainings/held")
                .then()
                .body("state", equalTo("running"))
                .body("attempts", equalTo(1));
    }

    @Test
    void a_job_that_went_silent_three_times_is_given_up_with_the_reason() {
        ready("given-up");
        leaveRunning("given-up", 3, Instant.now().minusSeconds(1));

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
        String model = MlflowServer.runsOf(id).getFirst().pathOf(PackageFiles.MODEL);
        assertThat(MlflowServer.ARTIFACTS.get(model)).isEqualTo(files.get(model));
    }

    @Test
    void a_registry_that_is_away_for_a_moment_costs_neither_an_attempt_nor_a_model() {
        ready("away");
        MlflowServer.failNext(5, "away");

        JsonPath job = awaitEnd(request("away", "baseline"));

        assertThat(job.getString("state")).isEqualTo("succeeded");
        assertThat(job.getInt("attempts")).isEqualTo(1);
        assertThat(job.getString("error")).isNull();
        MlflowServer.Run run = MlflowServer.runsOf(job.getString("id")).getFirst();
        assertThat(run.status).isEqualTo("FINISHED");
        assertThat(run.tags).doesNotContainKey("orrery.error");
    }

    @Test
    void a_registry_that_stays_away_fails_the_job_and_says_so() {
        ready("gone");
        MlflowServer.failNext(1_000, "gone");

        JsonPath job = awaitEnd(request("gone", "baseline"));

        assertThat(job.getString("state")).isEqualTo("failed");
        assertThat(job.getString("error")).contains("2 seconds without the registry");
        await().untilAsserted(() -> assertThat(
                        MlflowServer.runsOf(job.getString("id")).getFirst().status)
                .isEqualTo("FAILED"));
    }

    @Test
    void an_error_is_noted_in_the_job_and_ends_the_process_saying_why() {
        ready("breaks-once");
        BreakablePipeline.BREAKS.put("breaks-once", () -> new OutOfMemoryError("Java heap space"));
        String id = request("breaks-once", "baseline");

        await().until(() -> end.reason().isPresent());

        assertThat(end.reason().orElseThrow()).contains("training cannot go on").contains("Java heap space");
        when().get("/q/health/live").then().statusCode(503).body(containsString("Java heap space"));
        when().get("/v1/trainings/" + id)
                .then()
                .body("state", equalTo("queued"))
                .body("attempts", equalTo(1))
                .body("error", containsString("ran out of memory"));
        BreakablePipeline.BREAKS.clear();
        restart();
        JsonPath job = awaitEnd(id);
        assertThat(job.getString("state")).isEqualTo("succeeded");
        assertThat(job.getString("error")).isNull();
    }

    @Test
    void a_job_that_ends_its_process_three_times_is_set_aside_with_the_reason_and_the_next_one_trains() {
        ready("kills");
        ready("survives");
        BreakablePipeline.BREAKS.put("kills", StackOverflowError::new);
        String killer = request("kills", "baseline");
        String next = request("survives", "baseline");

        for (int attempt = 1; attempt <= 3; attempt++) {
            await().until(() -> end.reason().isPresent());
            restart();
        }

        JsonPath set = awaitEnd(killer);
        assertThat(set.getString("state")).isEqualTo("failed");
        assertThat(set.getInt("attempts")).isEqualTo(3);
        assertThat(set.getString("error")).contains("given up after 3 attempts").contains("ran out of stack");
        assertThat(awaitEnd(next).getString("state")).isEqualTo("succeeded");
    }

    @Test
    void a_native_library_that_is_missing_is_named_and_fails_the_job_alone() {
        ready("no-library");
        BreakablePipeline.BREAKS.put(
                "no-library",
                () -> new UnsatisfiedLinkError("/tmp/libxgboost4j1.so: libgomp.so.1: cannot open shared object file:"
                        + " No such file or directory"));

        JsonPath job = awaitEnd(request("no-library", "gradient-boosting"));

        assertThat(job.getString("state")).isEqualTo("failed");
        assertThat(job.getInt("attempts")).isEqualTo(1);
        assertThat(job.getString("error"))
                .isEqualTo("libgomp.so.1 is missing on this machine: apt-get install libgomp1");
        assertThat(end.reason()).isEmpty();
    }

    /// What a supervisor does with a process that has ended.
    private void restart() {
        end.forget();
        loop.begin();
    }

    @Test
    void data_that_no_model_can_be_trained_on_fails_at_once_and_marks_the_run() {
        ready("one-sided", World.ships(200, 1).peek(ship -> ship.put("late", false)));

        JsonPath job = awaitEnd(request("one-sided", "gradient-boosting"));

        assertThat(job.getString("state")).isEqualTo("failed");
        assertThat(job.getInt("attempts")).isEqualTo(1);
        assertThat(job.getString("error")).contains("needs both outcomes");
        MlflowServer.Run run = MlflowServer.runsOf(job.getString("id")).getFirst();
        await().untilAsserted(() -> assertThat(run.status).isEqualTo("FAILED"));
        assertThat(run.tags.get("orrery.error")).contains("needs both outcomes");
    }
}
