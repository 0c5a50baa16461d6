package dev.orrery.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads the metrics of the service under test as Prometheus does.
public final class MetricsCheck {

    private static final String TEXT = "text/plain";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final int MANY = 50;

    private MetricsCheck() {}

    /// Both forms parse, and each of our own names says what it means.
    public static void toolsCanReadThem() {
        String text = metrics(TEXT);
        assertThat(unexplained(text)).as("our own metrics without help").isEmpty();
        Path promtool = Needed.tool("promtool");
        assertThat(complaints(promtool, text)).as("promtool on the text format").isEmpty();
        String openMetrics = metrics(OPEN_METRICS);
        assertThat(openMetrics).endsWith("# EOF\n");
        // promtool looks for the help of a counter under its whole name, while OpenMetrics has it without `_total`.
        assertThat(complaints(promtool, openMetrics))
                .as("promtool on OpenMetrics")
                .allMatch(complaint -> complaint.endsWith("_total no help text"));
    }

    /// However many paths somebody makes up, they share one label.
    ///
    /// @param path with `%d` where a number goes
    public static void madeUpPathsShareOneLabel(String path) {
        for (int i = 0; i < MANY; i++) {
            given().contentType("application/json").body("{}").post(path.formatted(i));
            given().get("/made-up/" + path.formatted(i));
        }
        assertThat(Arrays.stream(metrics(TEXT).split("\n"))
                        .filter(line -> line.startsWith("http_server_requests_seconds_count"))
                        .filter(line -> line.contains("made-up") || line.contains(path.formatted(MANY - 1))))
                .isEmpty();
    }

    private static String metrics(String form) {
        return given().header("Accept", form)
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static Set<String> unexplained(String metrics) {
        Set<String> explained = Arrays.stream(metrics.split("\n"))
                .filter(line -> line.startsWith("# HELP orrery_"))
                .map(line -> line.split(" ", 4))
                .filter(words -> words.length == 4 && words[3].strip().length() > 1)
                .map(words -> words[2])
                .collect(Collectors.toSet());
        Set<String> named = Arrays.stream(metrics.split("\n"))
                .filter(line -> line.startsWith("# TYPE orrery_"))
                .map(line -> line.split(" ")[2])
                .collect(Collectors.toCollection(TreeSet::new));
        named.removeAll(explained);
        return named;
    }

    /// What promtool says against our own names or cannot read; the names of libraries are theirs.
    private static List<String> complaints(Path promtool, String metrics) {
        try {
            Process process = new ProcessBuilder(promtool.toString(), "check", "metrics")
                    .redirectErrorStream(true)
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(metrics.getBytes(StandardCharsets.UTF_8));
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("orrery_") || line.contains("error"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("promtool did not run", e);
        }
    }
}
