package dev.orrery.inference.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.inference.Deployed;
import dev.orrery.inference.Unusual;
import dev.orrery.inference.endpoint.Endpoints;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.inference.prediction.UsualForm;
import dev.orrery.model.RowBlock;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests of the usual form are answered on the short way as on the long one.
@QuarkusTest
@QuarkusTestResource(Platform.class)
class UsualPathTest {

    private static final String ENDPOINT = "usual";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();

    @TestHTTPResource
    URI service;

    @Inject
    Endpoints endpoints;

    @Inject
    @Any
    Instance<UsualForm> forms;

    @BeforeEach
    void deploy() {
        Deployed.tiny(ENDPOINT, 3);
    }

    static Stream<String> usual() {
        return Stream.of(
                infer("\"shape\":[1,1],\"datatype\":\"FP32\",\"data\":[12]", "[1]", "[\"one-year\"]"),
                infer(
                        "\"datatype\": \"FP64\", \"shape\": [2], \"data\": [1.2e1, null]",
                        "[2]",
                        "[null, \"never seen\"]"),
                infer(
                        "\"shape\":[2,1],\"datatype\":\"INT8\",\"data\":[[-0],[7]]",
                        "[2, 1]",
                        "[[\"a\"], [\"Łódź 👍\"]]"),
                infer("\"shape\":[1],\"datatype\":\"UINT64\",\"data\":[999999999999999999]", "[1]", "[\"\"]"),
                infer("\"shape\":[1],\"datatype\":\"FP32\",\"data\":[16777217.0]", "[1]", "[\"one-year\"]")
                        .replace("{\"inputs\"", "{ \"id\" : \"mine é\",\n\t\"inputs\""),
                infer("\"shape\":[1],\"datatype\":\"FP32\",\"data\":[3.0000000000000000]", "[1]", "[\"x\"]"),
                infer("\"shape\":[1],\"datatype\":\"INT64\",\"data\":[3]", "[1]", "[\"x\"]")
                        .replace(
                                "\"inputs\":[",
                                "\"inputs\":[{\"name\":\"customer\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[7]},"
                                        + "{\"name\":\"churned\",\"shape\":[1],\"datatype\":\"BOOL\",\"data\":[true]},"),
                "{\"tenure\": 12, \"contract\": \"one-year\"}",
                " [ {\"contract\":\"Łódź\"} , {\"tenure\":null,\"customer\":\"c-1\",\"churned\":[]} ] "
                        .replace("[]", "false"),
                "[{\"tenure\":1e2,\"contract\":null},{\"customer\":4711,\"tenure\":16777217}]");
    }

    static Stream<String> unusual() {
        return Stream.of(
                infer("\"shape\":[1],\"datatype\":\"FP32\",\"data\":[01]", "[1]", "[\"x\"]"),
                infer("\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1.]", "[1]", "[\"x\"]"),
                infer("\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1.5]", "[1]", "[\"x\"]"),
                infer("\"shape\":[1],\"datatype\":\"INT64\",\"data\":[1e1]", "[1]", "[\"x\"]"),
                infer("\"shape\":[1],\"datatype\":\"UINT8\",\"data\":[256]", "[1]", "[\"x\"]"),
                infer("\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1e39]", "[1]", "[\"x\"]"),
                infer("\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1,2]", "[1]", "[\"x\"]"),
                infer("\"shape\":[2],\"datatype\":\"FP32\",\"data\":[1,2]", "[1]", "[\"x\"]"),
                infer("\"shape\":[1],\"datatype\":\"FP32\",\"data\":[[1]]", "[1]", "[\"x\"]"),
                infer("\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]", "[1]", "[\"\\u0078\"]"),
                infer("\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]", "[1]", "[\"x\"]") + "{}",
                infer("\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]", "[1]", "[\"x\"]")
                        .replace("contract", "tenure"),
                infer("\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]", "[1]", "[\"x\"]")
                        .replace("{\"inputs\"", "{\"parameters\":{},\"inputs\""),
                infer("\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]", "[1]", "[\"x\"]")
                        .replace("}]}", "}]"),
                "{}",
                "[]",
                "null",
                "",
                "{\"tenure\":1,\"tenure\":1}",
                "{\"customer\":\"c\"}",
                "{\"tenuer\":1}",
                "{\"tenure\":1,}",
                "{\"tenure\":tru}",
                "{\"tenure\":\"1\"}",
                "{\"tenure\":1,\"contract\":\"\n\"}",
                "{\"tenure\":1,\"customer\":7.5}",
                "[{\"tenure\":1}");
    }

    @ParameterizedTest
    @MethodSource("usual")
    void the_short_way_answers_as_the_long_one(String body) throws Exception {
        assertThat(read(body)).isPositive();

        HttpResponse<String> shortWay = ask(body, "application/json");
        HttpResponse<String> longWay = ask(body, "application/json, text/plain");

        assertThat(shortWay.statusCode()).as(shortWay.body()).isEqualTo(200);
        assertThat(withoutIds(shortWay)).isEqualTo(withoutIds(longWay));
        assertThat(shortWay.headers().map().get("content-type"))
                .isEqualTo(longWay.headers().map().get("content-type"));
    }

    @ParameterizedTest
    @MethodSource("unusual")
    void what_is_not_as_usual_is_left_to_the_strict_reader_and_told_as_ever(String body) throws Exception {
        assertThatThrownBy(() -> read(body)).isInstanceOf(Unusual.class);

        HttpResponse<String> first = ask(body, "application/json");
        HttpResponse<String> second = ask(body, "application/json, text/plain");

        assertThat(first.statusCode()).isEqualTo(second.statusCode());
        assertThat(withoutIds(first)).isEqualTo(withoutIds(second));
    }

    /// The rows of a body of the usual form.
    private int read(String body) {
        try (Serving serving = endpoints.get(ENDPOINT).enter()) {
            return form(body)
                    .read(
                            body.getBytes(StandardCharsets.UTF_8),
                            serving,
                            new RowBlock(serving.card().inputs(), 1))
                    .question()
                    .rows()
                    .size();
        }
    }

    private UsualForm form(String body) {
        return forms.stream()
                .filter(form -> form.behind().equals("/infer") == body.contains("inputs"))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> ask(String body, String accept) throws Exception {
        UsualForm form = form(body);
        return CLIENT.send(
                HttpRequest.newBuilder(service.resolve(form.before() + ENDPOINT + form.behind()))
                        .header("Content-Type", "application/json")
                        .header("Accept", accept)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String withoutIds(HttpResponse<String> answer) {
        return answer.body().replaceAll("[0-9a-z]+-[0-9]+\"", "ID\"");
    }

    private static String infer(String tenure, String shape, String contracts) {
        return "{\"inputs\":[{\"name\":\"tenure\",%s},{\"name\":\"contract\",\"shape\":%s,\"datatype\":\"BYTES\",\"data\":%s}]}"
                .formatted(tenure, shape, contracts);
    }
}
