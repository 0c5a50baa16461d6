package dev.orrery.inference.prediction;

import static dev.orrery.inference.Deployed.predict;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.contracts.Json;
import dev.orrery.inference.Deployed;
import dev.orrery.inference.Instance;
import dev.orrery.inference.JsonBytes;
import dev.orrery.inference.Settings;
import dev.orrery.inference.Shelf;
import dev.orrery.inference.endpoint.Endpoints;
import dev.orrery.inference.endpoint.Serving;
import dev.orrery.model.Golden;
import dev.orrery.model.ModelCard;
import dev.orrery.model.PackageFiles;
import dev.orrery.model.RowBlock;
import dev.orrery.testing.Platform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class GoldenRequestsTest {

    private static final String ENDPOINT = "rehearsed";

    @TempDir
    Path state;

    @Inject
    Endpoints endpoints;

    @Inject
    Predictions predictions;

    @Inject
    Instance instance;

    @Inject
    @Any
    jakarta.enterprise.inject.Instance<UsualForm> forms;

    /// A form that counts what it does, and sends what a test wants.
    private static final class Counting implements UsualForm {

        private final UsualForm form;
        private final UnaryOperator<Map<String, Object>> sent;
        private final List<String> read = new ArrayList<>();
        private int written;

        private Counting(UsualForm form, UnaryOperator<Map<String, Object>> sent) {
            this.form = form;
            this.sent = sent;
        }

        private record Counted(Counting by, Request request) implements Request {

            @Override
            public Question question() {
                return request.question();
            }

            @Override
            public void write(Answer answer, JsonBytes json) {
                by.written++;
                request.write(answer, json);
            }
        }

        @Override
        public String before() {
            return form.before();
        }

        @Override
        public String behind() {
            return form.behind();
        }

        @Override
        public String template() {
            return form.template();
        }

        @Override
        public Request read(byte[] body, Serving serving, RowBlock rows) {
            read.add(new String(body, StandardCharsets.UTF_8));
            return new Counted(this, form.read(body, serving, rows));
        }

        @Override
        public byte[] body(ModelCard card, Map<String, Object> row) {
            return form.body(card, sent.apply(row));
        }
    }

    @Test
    void a_version_that_was_warmed_up_has_taken_no_sequence_and_is_in_no_log_and_no_metric() {
        long before = instance.take(1);
        Map<String, byte[]> files = Shelf.tiny();
        files.put(PackageFiles.DESCRIPTION, "One that nobody has loaded yet.".getBytes(StandardCharsets.UTF_8));
        Deployed.serve(Deployed.shelf().deployment("warmed", 1, files));

        assertThat(when().get("/q/metrics").asString().lines())
                .filteredOn(line -> line.contains("endpoint=\"warmed\""))
                .noneMatch(line -> line.startsWith("orrery_predictions_total")
                        || line.startsWith("orrery_inference_requests_total")
                        || line.startsWith("orrery_inference_stage"));
        try (Serving serving = endpoints.get("warmed").enter()) {
            String id = predict("warmed", "{\"tenure\": 12}")
                    .statusCode(200)
                    .extract()
                    .path("predictions[0].id");
            assertThat(id).isEqualTo(serving.header().id(before + 1));
        }
    }

    @Test
    void every_form_is_asked_every_golden_row_and_nothing_is_on_record() throws IOException {
        Golden golden = golden(Shelf.tiny());
        List<Counting> counting = counting(UnaryOperator.identity());
        Deployed.tiny(ENDPOINT, 1);
        long before = instance.take(1);

        assertThat(ask(counting, golden, Map.of())).isEmpty();

        assertThat(instance.take(1)).isEqualTo(before + 1);
        assertThat(counting).hasSizeGreaterThan(1).allSatisfy(form -> {
            assertThat(Map.copyOf(times(form))).hasSize(golden.rows().size());
            assertThat(times(form).values()).allMatch(times -> times > 1);
            assertThat(form.written).isEqualTo(form.read.size());
        });
    }

    @Test
    void the_first_versions_are_asked_much_and_later_ones_little() throws IOException {
        Golden golden = golden(Shelf.tiny());
        List<Counting> counting = counting(UnaryOperator.identity());
        Deployed.tiny(ENDPOINT, 1);
        int once = counting.size() * golden.rows().size();
        GoldenRequests requests =
                requests(counting, Map.of("orrery.rollout.warm-up", "100", "orrery.rollout.warm-up-later", "10"));

        try (Serving serving = endpoints.get(ENDPOINT).enter()) {
            requests.ask(serving, golden);
            assertThat(read(counting)).isEqualTo(once + 100);
            requests.ask(serving, golden);
            assertThat(read(counting)).isEqualTo(once + 100 + once + 10);
        }
    }

    @Test
    void nothing_is_asked_beyond_its_time() throws IOException {
        List<Counting> counting = counting(UnaryOperator.identity());
        Deployed.tiny(ENDPOINT, 1);

        assertThat(ask(counting, golden(Shelf.tiny()), Map.of("orrery.rollout.warm-up-at-most", "0s")))
                .isEmpty();

        assertThat(read(counting)).isZero();
    }

    @Test
    void a_row_that_a_form_answers_otherwise_is_told() throws IOException {
        List<Counting> counting = counting(row -> {
            Map<String, Object> other = new HashMap<>(row);
            other.computeIfPresent("tenure", (_, tenure) -> (int) tenure + 1);
            return other;
        });
        Deployed.tiny(ENDPOINT, 1);

        List<String> faults = ask(counting, golden(Shelf.tiny()), Map.of("orrery.rollout.warm-up", "0"));

        // Four of the twenty rows have no tenure.
        assertThat(faults).hasSize(16 * counting.size());
        assertThat(faults)
                .first()
                .asString()
                .matches("golden row 1, asked by /v.*, is answered 0\\..* and should be 0.789.*");
    }

    @Test
    void a_row_that_a_form_does_not_read_is_told_and_asked_no_more() throws IOException {
        List<Counting> counting = counting(row -> {
            Map<String, Object> other = new HashMap<>(row);
            other.put("tenure", "twelve");
            return other;
        });
        Deployed.tiny(ENDPOINT, 1);
        Golden golden = golden(Shelf.tiny());

        List<String> faults = ask(counting, golden, Map.of());

        assertThat(faults).hasSize(golden.rows().size() * counting.size());
        assertThat(faults).allMatch(fault -> fault.endsWith("is not read"));
        assertThat(read(counting)).isEqualTo(faults.size());
    }

    @Test
    void words_with_escapes_are_the_strict_readers() throws IOException {
        List<Counting> counting = counting(row -> {
            Map<String, Object> other = new HashMap<>(row);
            other.computeIfPresent("contract", (_, contract) -> contract + "\"");
            return other;
        });
        Deployed.tiny(ENDPOINT, 1);

        assertThat(ask(counting, golden(Shelf.tiny()), Map.of())).isEmpty();

        // Five of the twenty rows have no contract.
        assertThat(counting).allSatisfy(form -> assertThat(times(form)).hasSize(5));
    }

    @Test
    void days_are_asked_as_each_form_has_them() throws IOException {
        Map<String, byte[]> files = Shelf.carded("\"type\":\"integer\"", "\"type\":\"date\"");
        Golden golden = golden(files);
        Golden dated =
                new Golden(golden.rows().stream().map(GoldenRequestsTest::dated).toList(), golden.outputs());
        files.put(PackageFiles.GOLDEN, Json.bytes(dated));
        List<Counting> counting = counting(UnaryOperator.identity());
        Deployed.serve(Deployed.shelf().deployment("rehearsed-days", 1, files));

        try (Serving serving = endpoints.get("rehearsed-days").enter()) {
            assertThat(requests(counting, Map.of()).ask(serving, dated)).isEmpty();
        }

        assertThat(counting.stream().flatMap(form -> times(form).keySet().stream()))
                .anyMatch(body -> body.contains("\"2000-01-13\""))
                .anyMatch(body -> body.contains("[12.0]"));
    }

    /// The same row, whose number is told as the day that stands for it.
    private static Map<String, Object> dated(Map<String, Object> row) {
        Map<String, Object> dated = new LinkedHashMap<>(row);
        dated.computeIfPresent(
                "tenure",
                (_, tenure) -> LocalDate.of(2000, 1, 1).plusDays((int) tenure).toString());
        return dated;
    }

    private List<String> ask(List<Counting> counting, Golden golden, Map<String, String> settings) {
        try (Serving serving = endpoints.get(ENDPOINT).enter()) {
            return requests(counting, settings).ask(serving, golden);
        }
    }

    private GoldenRequests requests(List<Counting> counting, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("orrery.rollout.warm-up-at-most", "1h"));
        all.putAll(settings);
        return new GoldenRequests(
                List.copyOf(counting), predictions, Settings.of(state, all).rollout());
    }

    private List<Counting> counting(UnaryOperator<Map<String, Object>> sent) {
        return forms.stream().map(form -> new Counting(form, sent)).toList();
    }

    private static int read(List<Counting> counting) {
        return counting.stream().mapToInt(form -> form.read.size()).sum();
    }

    /// How often each body was read.
    private static Map<String, Integer> times(Counting form) {
        Map<String, Integer> times = new HashMap<>();
        form.read.forEach(body -> times.merge(body, 1, Integer::sum));
        return times;
    }

    private static Golden golden(Map<String, byte[]> files) throws IOException {
        return Json.MAPPER.readValue(files.get(PackageFiles.GOLDEN), Golden.class);
    }
}
