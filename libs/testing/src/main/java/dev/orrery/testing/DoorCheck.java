package dev.orrery.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Knocks at every route of the service under test as a stranger would: under a name that is not the service's, and
/// from a web page that is none of its own.
public final class DoorCheck {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final List<String> BESIDE_THE_API =
            List.of("/", "/q/health", "/q/health/ready", "/q/metrics", "/q/openapi", "/q/swagger-ui/", "/no-such-page");

    private record Route(String method, String path) {}

    private DoorCheck() {}

    /// Everything that the service has refuses a foreign `Host`, and everything that changes something a foreign
    /// `Origin` and a foreign `Sec-Fetch-Site`.
    public static void noRouteLetsStrangersIn() {
        List<Route> routes = routes();
        assertThat(routes).as("routes of the service").hasSizeGreaterThan(BESIDE_THE_API.size());
        for (Route route : routes) {
            assertRefused(route, "Host: rebound.example:" + RestAssured.port);
            if (!READING.contains(route.method())) {
                String host = "Host: localhost:%d\r\n".formatted(RestAssured.port);
                assertRefused(route, host + "Origin: http://evil.example");
                assertRefused(route, host + "Origin: null");
                assertRefused(route, host + "Sec-Fetch-Site: cross-site");
            }
        }
    }

    private static List<Route> routes() {
        Map<String, Map<String, Object>> paths = RestAssured.given()
                .queryParam("format", "json")
                .get("/q/openapi")
                .jsonPath()
                .getMap("paths");
        Stream<Route> api = paths.entrySet().stream()
                .flatMap(path -> path.getValue().keySet().stream()
                        .filter(method -> !method.equals("parameters"))
                        .map(method -> new Route(method.toUpperCase(Locale.ROOT), concrete(path.getKey()))));
        Stream<Route> others = BESIDE_THE_API.stream()
                .flatMap(path -> Stream.of("GET", "POST").map(method -> new Route(method, path)));
        return Stream.concat(api, others).toList();
    }

    private static String concrete(String path) {
        return path.replaceAll("\\{[^}]+}", "x");
    }

    private static void assertRefused(Route route, String headers) {
        assertThat(status(route, headers)).as("%s with %s", route, headers).contains(" 403 ");
    }

    /// By hand, since HTTP clients do not let anybody lie about the host.
    private static String status(Route route, String headers) {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            String request = "%s %s HTTP/1.1\r\n%s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .formatted(route.method(), route.path(), headers);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
