package dev.orrery.training.registration;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.orrery.embedded.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistrationTest {

    private static final Registration.Facts FACTS =
            new Registration.Facts("job-1", "churn", "churn", "baseline", 0, Map.of());

    @Test
    void a_registry_that_is_not_there_is_told_without_the_names_of_java_classes() {
        URI nobody = URI.create("http://127.0.0.1:" + Ports.free());

        assertThatThrownBy(() -> Registration.begin(nobody, FACTS))
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessageStartingWith("the registry cannot be reached: ")
                .hasMessageNotContaining("Exception");
    }

    @Test
    void a_registry_that_fails_is_told_with_its_status() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "{\"error_code\": \"TEMPORARILY_UNAVAILABLE\", \"message\": \"starting\"}".getBytes();
            exchange.sendResponseHeaders(503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            URI failing = URI.create("http://127.0.0.1:" + server.getAddress().getPort());

            assertThatThrownBy(() -> Registration.begin(failing, FACTS))
                    .isInstanceOf(RegistryUnavailable.class)
                    .hasMessageContaining("the registry answers 503")
                    .hasMessageContaining("starting");
        } finally {
            server.stop(0);
        }
    }
}
