package dev.orrery.inference.protocol;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.orrery.inference.Deployed;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/// A client that does not wait for its answer.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class HangUpTest {

    private static final String ENDPOINT = "hang-up";
    private static final String BODY = "{\"inputs\": []}";
    private static final String INFER = "uri=\"/v2/models/{model}/versions/{version}/infer\"";

    @TestHTTPResource
    URI service;

    /// What is logged with a stack trace meanwhile.
    private static final class Traces extends Handler implements AutoCloseable {

        private final List<String> traces = new CopyOnWriteArrayList<>();

        Traces() {
            Logger.getLogger("").addHandler(this);
        }

        @Override
        public void publish(LogRecord logged) {
            if (logged.getThrown() != null) {
                traces.add(logged.getLoggerName() + ": " + logged.getMessage());
            }
        }

        @Override
        public void flush() {
            traces.size();
        }

        @Override
        public void close() {
            Logger.getLogger("").removeHandler(this);
        }
    }

    @Test
    void is_no_failure_of_ours_and_leaves_no_stack_trace() throws IOException {
        Deployed.tiny(ENDPOINT, 1);
        try (Traces traces = new Traces()) {
            for (int i = 0; i < 10; i++) {
                send(BODY.length(), BODY);
                send(100_000, BODY);
            }
            await().untilAsserted(() -> assertThat(metrics()).anyMatch(line -> line.contains("status=\"RESET\"")));

            when().get("/v2/models/{model}/ready", ENDPOINT).then().body("ready", is(true));
            assertThat(metrics()).noneMatch(line -> line.contains(INFER) && line.contains("status=\"500\""));
            assertThat(traces.traces).noneMatch(trace -> trace.contains("http") || trace.contains("problem"));
        }
    }

    private void send(int announced, String body) throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            // Closed with a reset, at once.
            socket.setSoLinger(true, 0);
            socket.getOutputStream()
                    .write("""
                    POST /v2/models/%s/versions/1/infer HTTP/1.1\r
                    Host: localhost\r
                    Content-Type: application/json\r
                    Content-Length: %d\r
                    \r
                    %s""".formatted(ENDPOINT, announced, body).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static List<String> metrics() {
        return when().get("/q/metrics").asString().lines().toList();
    }
}
