package dev.orrery.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.orrery.cli.Story;
import dev.orrery.cli.Terminal;
import dev.orrery.cli.client.StubService;
import dev.orrery.cli.client.StubService.Reply;
import dev.orrery.contracts.Json;
import dev.orrery.contracts.usecase.UseCase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A table of 1,000 rows, of which about a fifth is the holdout, and a monitor that says what a test wants to hear.
class OwnScriptTest {

    private static final String USE_CASE = """
            name: meters
            dataset:
              key: meter
              label: faulty
              columns:
                - { name: meter, type: text }
                - { name: kind, type: category, domain: [gas, water] }
                - { name: faulty, type: boolean }
            baseline: { rule: [ { column: kind, equals: gas } ] }
            monitor: { window: { predictions: 500, at_most: PT1M }, drift: { minimum: %d } }
            value: { currency: EUR, true_positive: 1, false_positive: -1, false_negative: -1, true_negative: 0 }
            """;

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger looked = new AtomicInteger();

    @Test
    void too_few_predictions_for_a_verdict_are_said_to_be_too_few_and_nothing_is_praised() throws IOException {
        String told = predict(400, sent -> monitor(sent, ""));

        assertThat(told)
                .contains("a verdict about 0 windows")
                .contains("Monitoring could not judge: a verdict needs 400 predictions in one window")
                .doesNotContain("No alarm");
    }

    @Test
    void a_window_without_a_verdict_counts_as_none() throws IOException {
        String told = predict(400, sent -> monitor(0, window(sent, "insufficient-data")));

        assertThat(told).contains("could not judge").doesNotContain("No alarm");
    }

    @Test
    void a_window_that_is_not_full_is_waited_for_when_it_can_be_judged() throws IOException {
        String told = predict(
                100, sent -> looked.incrementAndGet() < 3 ? monitor(sent, "") : monitor(0, window(sent, "stable")));

        assertThat(told)
                .contains("No window is full, so the verdict comes when the open one is 60 s old.")
                .contains("a verdict about 1 window")
                .contains("No alarm: the holdout looks like what the model learned from.")
                .doesNotContain("could not judge");
    }

    @Test
    void a_window_that_drifted_alone_is_told_and_not_praised() throws IOException {
        String told = predict(100, sent -> monitor(0, window(sent, "drift")));

        assertThat(told)
                .contains("1 of these drifted; an alarm takes two of three.")
                .doesNotContain("No alarm");
    }

    private String predict(int minimum, IntFunction<String> monitor) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Story story = new Story(new PrintStream(written, true, StandardCharsets.UTF_8), Terminal.none());
        Run run = new Run(story);
        JsonNode file = new YAMLMapper().readTree(USE_CASE.formatted(minimum));
        UseCase useCase = Json.MAPPER.treeToValue(file, UseCase.class);
        try (StubService stub = StubService.replying((path, body) -> reply(path, body, monitor))) {
            OwnScript script = new OwnScript(stub.services(), run);
            script.predict(new Traffic(stub.services(), run, useCase), useCase, new Data.Accepted("b", 1, 1000));
        }
        assertThat(run.wrong()).isEmpty();
        return written.toString(StandardCharsets.UTF_8);
    }

    private Reply reply(String path, String body, IntFunction<String> monitor) {
        if (path.contains("/rows")) {
            String rows = IntStream.range(0, 1000)
                    .mapToObj("{\"meter\": \"M%d\", \"kind\": \"gas\", \"faulty\": true}"::formatted)
                    .collect(Collectors.joining(","));
            return new Reply(200, "{\"rows\": [%s]}".formatted(rows));
        }
        if (path.contains("/predictions")) {
            int rows = body.split("meter").length - 1;
            asked.addAndGet(rows);
            String answers = IntStream.range(0, rows)
                    .mapToObj("{\"id\": \"p%d\", \"score\": 0.5, \"decision\": true}"::formatted)
                    .collect(Collectors.joining(","));
            return new Reply(200, "{\"model\": \"meters\", \"version\": 1, \"predictions\": [%s]}".formatted(answers));
        }
        return new Reply(200, path.contains("/alerts") ? "{\"alerts\": []}" : monitor.apply(asked.get()));
    }

    private String monitor(int open, String windows) {
        return """
                {"endpoint": "meters", "predictions": %d, "versions": [
                  {"model": "meters", "version": 1, "open_window": {"predictions": %d}, "windows": [%s]}]}""".formatted(asked.get(), open, windows);
    }

    private static String window(int predictions, String verdict) {
        return "{\"window\": 1, \"predictions\": %d, \"verdict\": \"%s\"}".formatted(predictions, verdict);
    }
}
