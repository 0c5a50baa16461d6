package dev.orrery.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.cli.RunningPlatform;
import dev.orrery.cli.RunningPlatform.Outcome;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each benchmark, as small as it can be.
class BenchIT {

    @TempDir
    private Path folder;

    @Test
    void rows_are_followed_into_the_lake_beside_what_the_parts_cost_alone() throws IOException {
        JsonNode measured = bench("data", "--rows", "2000", "--columns", "6");

        assertThat(measured.path("batches").findValues("rows"))
                .extracting(JsonNode::asLong)
                .containsExactly(20L, 200L, 2000L);
        assertThat(measured.path("batches")
                        .path(2)
                        .path("whole")
                        .path("cpu_seconds")
                        .properties())
                .hasSize(8)
                .allSatisfy(part -> assertThat(part.getValue().asDouble()).isNotNegative());
        assertThat(measured.path("ceilings").path("all").findValues("part"))
                .extracting(JsonNode::asText)
                .contains("FastCSV", "encode blocks", "produce", "consume", "Parquet", "Iceberg commit", "broker");
        assertThat(measured.path("ceilings").path("all").findValues("units"))
                .extracting(JsonNode::asLong)
                .containsOnly(2000L);
        assertThat(measured.path("parts_alone").asDouble()).isPositive();
    }

    @Test
    void predictions_are_followed_into_closed_windows_beside_what_the_parts_cost_alone() throws IOException {
        JsonNode measured = bench("monitoring", "--predictions", "5000", "--columns", "6");

        assertThat(measured.path("windows").asInt()).isEqualTo(10);
        assertThat(measured.path("cpu_micros").asDouble()).isPositive();
        assertThat(measured.path("per_second_and_core").asDouble()).isPositive();
        assertThat(measured.path("ceilings").path("all").findValues("part"))
                .extracting(JsonNode::asText)
                .containsExactly("consuming the same bytes", "decoding blocks");
    }

    @Test
    void the_service_is_measured_in_its_modes_beside_fixed_bytes_and_its_models_alone() throws IOException {
        JsonNode measured = bench(
                "inference",
                "--seconds",
                "1",
                "--rounds",
                "1",
                "--connections",
                "2",
                "--columns",
                "6",
                "--minute",
                "3");

        assertThat(measured.path("modes").findValues("model"))
                .extracting(JsonNode::asText)
                .contains("bench-logistic", "bench-trees");
        assertThat(measured.path("modes").valueStream()).hasSize(15).allSatisfy(mode -> {
            assertThat(mode.path("failed").asLong()).as(mode.toString()).isZero();
            assertThat(mode.path("ratio").asDouble()).isPositive();
            assertThat(mode.path("p99_micros").asDouble())
                    .isGreaterThanOrEqualTo(mode.path("p50_micros").asDouble());
            assertThat(mode.path("cpu_micros").asDouble()).isPositive();
        });
        assertThat(measured.path("record").path("answered").asLong()).isPositive();
        assertThat(measured.path("record").path("lost").asLong()).isZero();
        assertThat(measured.path("record").path("doubled").asLong()).isZero();
        assertThat(measured.path("halves").findValues("ratio")).hasSize(2);
        assertThat(measured.path("allocations").findValues("bytes")).allMatch(bytes -> bytes.asDouble() > 0);
        assertThat(measured.path("cold_starts").findValues("share")).hasSize(2);
        assertThat(measured.path("engines").path("bench-trees").findValues("part"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "compiled, rows at once: 1",
                        "compiled, rows at once: 16",
                        "compiled, rows at once: 256",
                        "onnxruntime, rows at once: 1",
                        "onnxruntime, rows at once: 16",
                        "onnxruntime, rows at once: 256",
                        "log block");
    }

    private JsonNode bench(String path, String... options) throws IOException {
        RunningPlatform platform = RunningPlatform.shared();
        Path json = folder.resolve("figures.json");
        String[] command = {"bench", path, "--home", platform.home().path().toString(), "--json", json.toString()};

        Outcome outcome = platform.orrery(
                Stream.of(command, options).flatMap(Arrays::stream).toArray(String[]::new));

        assertThat(outcome.code()).as(outcome.output()).isZero();
        assertThat(outcome.output().lines()).allMatch(line -> line.length() <= 80 || line.contains(json.toString()));
        return Json.MAPPER.readTree(json.toFile()).path("measured");
    }
}
