package dev.orrery.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusConfigTest {

    private static final Path FOLDER = Path.of("..", "deploy", "prometheus").toAbsolutePath();
    private static final List<String> PORTS = List.of("8081", "8082", "8083", "8084", "8085", "8086");

    @ParameterizedTest
    @ValueSource(strings = {"prometheus.yml", "local.yml"})
    void every_service_is_scraped_at_its_port(String file) throws IOException {
        String text = Files.readString(FOLDER.resolve(file));

        assertThat(PORTS).allSatisfy(port -> assertThat(text).contains(":" + port + "]"));
        assertThat(text).contains("metrics_path: /q/metrics");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prometheus.yml", "local.yml"})
    void prometheus_itself_takes_the_configuration(String file) throws IOException, InterruptedException {
        assumeTrue(isOnPath("promtool"), "promtool is not installed");

        Process check = new ProcessBuilder(
                        "promtool", "check", "config", FOLDER.resolve(file).toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(check.waitFor()).as(said).isZero();
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
