package dev.orrery.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientTest {

    private record Thing(String firstName, int count) {}

    private HttpServer server;
    private Client client;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        client = new Client(
                "test-service",
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void an_answer_is_read_in_the_platforms_json() {
        answer(200, "{\"first_name\": \"Ada\", \"count\": 3, \"unknown\": true}");

        assertThat(client.get("/thing", Thing.class)).isEqualTo(new Thing("Ada", 3));
    }

    @Test
    void a_problem_is_told_in_the_services_words_with_every_field() {
        answer(400, """
                {"title": "Bad Request", "status": 400, "detail": "The file cannot be read.",
                 "errors": [{"field": "line 3", "message": "2 fields, expected 4"},
                            {"field": "line 9", "message": "a quote is not closed"}]}""");

        assertThatThrownBy(asking())
                .isInstanceOf(ServiceProblem.class)
                .hasMessage(
                        "The file cannot be read.\n  line 3: 2 fields, expected 4\n  line 9: a quote is not closed");
        assertThat(mayPass()).isFalse();
    }

    @Test
    void a_mistake_that_the_detail_names_already_is_told_once() {
        answer(400, """
                {"title": "Bad Request", "status": 400, "detail": "line 7: quote 'Churn?' in it",
                 "errors": [{"field": "line 7", "message": "quote 'Churn?' in it"},
                            {"field": "line 9", "message": "unknown key"},
                            {"field": "line 9", "message": "unknown key"}]}""");

        assertThatThrownBy(asking()).hasMessage("line 7: quote 'Churn?' in it\n  line 9: unknown key");
    }

    @Test
    void an_answer_that_is_no_problem_is_shown_as_it_is() {
        answer(502, "<html>no</html>");

        assertThatThrownBy(asking())
                .hasMessageContaining("test-service answered GET")
                .hasMessageContaining("502: <html>no");
    }

    @Test
    void what_is_not_there_yet_may_come_and_a_service_that_is_down_may_come_back() {
        answer(404, "{\"title\": \"Not Found\", \"status\": 404, \"detail\": \"There is no batch 'x'.\"}");
        assertThat(mayPass()).isTrue();

        server.stop(0);
        assertThat(mayPass()).isTrue();
        assertThatThrownBy(asking())
                .hasMessageContaining("test-service does not answer")
                .hasMessageContaining("./orrery logs");
    }

    @Test
    void rows_are_given_one_by_one_whatever_lies_inside_them() {
        answer(200, "{\"rows\": [{\"a\": 1, \"b\": {\"c\": [{}]}}, {\"a\": null}, {}]}");
        List<Map<String, Object>> rows = new ArrayList<>();

        new Validation(client).rows("d", 1, rows::add);

        assertThat(rows).hasSize(3);
        assertThat(rows.getFirst()).containsEntry("a", 1).containsKey("b");
        assertThat(rows.get(1)).containsEntry("a", null);
    }

    @Test
    void rejections_are_read_to_the_last_page() {
        server.createContext("/", exchange -> {
            boolean second = exchange.getRequestURI().getQuery().contains("page_token=next");
            String body = second
                    ? "{\"rejections\": [{\"row\": 7, \"reasons\": []}]}"
                    : "{\"rejections\": [{\"row\": 2, \"reasons\": []}], \"next_page_token\": \"next\"}";
            exchange.sendResponseHeaders(200, body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });

        assertThat(new Validation(client).rejections("d", "b"))
                .extracting(Validation.Rejection::row)
                .containsExactly(2L, 7L);
    }

    private ThrowingCallable asking() {
        return () -> client.get("/thing", Thing.class);
    }

    private boolean mayPass() {
        try {
            client.get("/thing", Thing.class);
        } catch (ServiceProblem e) {
            return e.mayPass();
        }
        throw new AssertionError("there was no problem");
    }

    private void answer(int status, String body) {
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
