package dev.orrery.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.cli.RunningPlatform;
import dev.orrery.cli.RunningPlatform.Outcome;
import dev.orrery.cli.platform.Part;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A dashboard that asks for what nobody exposes shows an empty panel, and nobody notices.
class DashboardIT {

    private static final Path PROJECT = Path.of(System.getProperty("orrery.project"));
    private static final Pattern METRIC = Pattern.compile("\\borrery_[a-z_]+");
    private static final Pattern EXPOSED = Pattern.compile("(?m)^(orrery_[a-z_]+)[{ ]");

    @BeforeAll
    static void a_platform_that_has_done_everything_once() {
        Outcome demo = RunningPlatform.sampleDemo();
        assertThat(demo.code()).as(demo.output()).isZero();
    }

    @Test
    void every_query_of_the_dashboard_names_metrics_that_the_services_expose() throws Exception {
        Set<String> exposed = exposed();

        assertThat(asked()).hasSizeGreaterThan(15).isSubsetOf(exposed);
    }

    private static Set<String> asked() throws IOException {
        JsonNode dashboard = Json.MAPPER.readTree(
                PROJECT.resolve("deploy/grafana/dashboards/orrery.json").toFile());
        return dashboard.findValuesAsText("expr").stream()
                .flatMap(query -> METRIC.matcher(query).results().map(MatchResult::group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> exposed() throws IOException, InterruptedException {
        Set<String> names = new TreeSet<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (Part service : Part.services().toList()) {
                URI metrics = RunningPlatform.shared().url(service).resolve("/q/metrics");
                String page = http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                        .body();
                EXPOSED.matcher(page).results().map(name -> name.group(1)).forEach(names::add);
            }
        }
        return names;
    }
}
