package dev.orrery.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthTest {

    private HttpServer server;
    private int port;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        port = server.getAddress().getPort();
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void what_answers_200_is_well() {
        answer("/q/health/live", 200, "{}");
        answer("/q/health/ready", 200, "{}");

        assertThat(Health.live(port)).isEqualTo(Health.Answer.WELL);
        assertThat(Health.isReady(port)).isTrue();
    }

    @Test
    void what_is_not_live_says_why() {
        answer("/q/health/live", 503, """
                {"status": "DOWN", "checks": [
                  {"name": "threads", "status": "UP"},
                  {"name": "loops", "status": "DOWN", "data": {"staging": "OutOfMemoryError: Java heap space"}},
                  {"name": "streams", "status": "DOWN"}]}""");

        assertThat(Health.live(port))
                .isEqualTo(new Health.Answer(false, true, "loops: OutOfMemoryError: Java heap space; streams"));
    }

    @Test
    void what_answers_something_else_than_a_health_check_is_not_well() {
        answer("/q/health/live", 500, "");

        assertThat(Health.live(port)).isEqualTo(new Health.Answer(false, true, ""));
    }

    @Test
    void what_does_not_answer_is_silent() {
        server.stop(0);

        assertThat(Health.live(port)).isEqualTo(Health.Answer.SILENT);
        assertThat(Health.isReady(port)).isFalse();
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
