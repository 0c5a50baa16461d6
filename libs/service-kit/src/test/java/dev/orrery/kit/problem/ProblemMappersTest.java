package dev.orrery.kit.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class ProblemMappersTest {

    record Ship(String name, Integer masts, Rig rig) {
        enum Rig {
            SLOOP,
            BRIG
        }
    }

    @Path("/ships")
    @RunOnVirtualThread
    public static class ShipResource {

        private final DataSource database;

        ShipResource(DataSource database) {
            this.database = database;
        }

        @POST
        @Consumes("application/json")
        public String launch(Ship ship) throws SQLException {
            try (Connection connection = database.getConnection();
                    PreparedStatement select = connection.prepareStatement("SELECT cast(? AS text)")) {
                select.setString(1, ship.name());
                select.execute();
            }
            return "launched";
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\": \"a\", \"mast\": 3}   | there is no field 'mast'. Did you mean 'masts'?",
                "{\"masts\": NaN}                 | NaN is not JSON; write null for a missing value.",
                "{\"masts\": \"many\"}            | 'many' is not a number.",
                "{\"rig\": \"raft\"}              | 'raft' is not one of",
                "{\"name\": [1]}                  | it is not a string.",
                "{\"name\": \"a\\u0000b\"}        | NUL character",
                "{\"name\"                        | it is not JSON."
            })
    void a_body_that_cannot_be_taken_says_where_and_why_without_words_of_java(String body, String reason) {
        launch(body).statusCode(400).body("detail", containsString(reason)).body("detail", not(containsString("ava")));
    }

    @Test
    void what_no_operation_takes_is_told_in_words() {
        given().get("/shipz")
                .then()
                .statusCode(404)
                .body("detail", is("There is nothing at /shipz. /q/swagger-ui shows what there is."));
        given().delete("/ships")
                .then()
                .statusCode(405)
                .body("detail", containsString("DELETE is not possible at /ships"));
        given().contentType("text/csv")
                .body("name\na\n")
                .post("/ships")
                .then()
                .statusCode(415)
                .body("detail", containsString("does not take a body of type text/csv"));
    }

    @Test
    void without_the_database_the_answer_is_not_now_and_not_a_failure() {
        launch("{\"name\": \"a\"}").statusCode(200);

        Platform.withoutDatabase(() -> launch("{\"name\": \"a\"}")
                .statusCode(503)
                .header("Retry-After", is("5"))
                .body("detail", containsString("ask again")));
    }

    @Test
    void a_client_that_hangs_up_is_no_failure_of_the_service() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (Socket socket = new Socket("localhost", RestAssured.port)) {
                String request = "POST /ships HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 1000\r\n\r\n{\"name\": \"a";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }
        }

        await().until(() -> requests().contains("status=\"RESET\""));
        assertThat(requests()).doesNotContain("status=\"500\"");
    }

    private static String requests() {
        return given().accept("text/plain")
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count"))
                .collect(Collectors.joining("\n"));
    }

    private static ValidatableResponse launch(String body) {
        return given().contentType("application/json").body(body).post("/ships").then();
    }
}
