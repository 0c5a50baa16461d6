package dev.orrery.training.job;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;

import dev.orrery.contracts.event.UseCaseRevised;
import dev.orrery.contracts.usecase.UseCase;
import dev.orrery.testing.Topics;
import dev.orrery.training.World;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.enterprise.inject.spi.CDI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// The service as its neighbours meet it.
final class Service {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SHIPS = 600;
    private static final int REVISION = 4;

    private Service() {}

    /// Announces a use case and its data, and waits until both are known.
    static void ready(String name) {
        ready(name, World.ships(SHIPS, 1));
    }

    static void ready(String name, Stream<Map<String, Object>> rows) {
        UseCase useCase = World.useCase(name);
        Topics.publish(
                new UseCaseRevised(useCase, REVISION, Instant.now()), Datasets.version(name, useCase.dataset(), rows));
        await().atMost(PATIENCE)
                .until(() -> count("dataset_version where dataset = ?", name) > 0
                        && count("use_case_revision where name = ?", name) > 0);
    }

    static Response post(String body) {
        return given().contentType("application/json").body(body).post("/v1/trainings");
    }

    static String body(String useCase, String recipe) {
        return "{\"use_case\": \"%s\", \"recipe\": \"%s\"}".formatted(useCase, recipe);
    }

    /// Asks for a training and returns its id.
    static String request(String useCase, String recipe) {
        Response answer = post(body(useCase, recipe));
        String id = answer.then().statusCode(202).extract().path("id");
        answer.then().header("Location", endsWith("/v1/trainings/" + id));
        return id;
    }

    /// The training when it has ended.
    static JsonPath awaitEnd(String id) {
        await("end of training " + id).atMost(PATIENCE).until(() -> {
            JsonPath job = when().get("/v1/trainings/" + id).jsonPath();
            return List.of("succeeded", "failed").contains(String.valueOf(job.getString("state")));
        });
        return when().get("/v1/trainings/" + id).jsonPath();
    }

    /// Leaves a job as a worker leaves it that goes silent: held, and in the middle of something.
    static void leaveRunning(String id, int attempts, Instant leaseUntil) {
        execute("""
                insert into training_job (id, use_case, use_case_revision, recipe, dataset_version, state, step, attempts,
                    not_before, worker, lease_until, created_at)
                values (?, ?, 4, 'baseline', 1, 'RUNNING', 'training', %d, now(), 'gone', '%s', now())""".formatted(attempts, leaseUntil), id, id);
    }

    static void execute(String sql, String... values) {
        try (Connection connection = database().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            assertThat(statement.executeUpdate()).isEqualTo(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static long count(String from, String name) {
        try (Connection connection = database().getConnection();
                PreparedStatement statement = connection.prepareStatement("select count(*) from " + from)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DataSource database() {
        return CDI.current().select(DataSource.class).get();
    }
}
