package dev.orrery.cli.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.cli.Failure;
import dev.orrery.cli.Wait;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import dev.orrery.cli.platform.Usage;
import dev.orrery.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How fast rows come from a file into the lake.
@Command(
        name = "data",
        description = {
            "Rows per second and processor time per row, from a file to a dataset version.",
            "A batch of a hundredth and one of a tenth of the rows go first: the growth."
        })
final class DataBench implements Runnable {

    private static final int FEWEST_COLUMNS = 4;
    private static final int SCHEMA_PATIENCE_SECONDS = 60;

    @Mixin
    private BenchOptions options;

    @Option(names = "--rows", paramLabel = "N", description = "Of the largest batch. Default: ${DEFAULT-VALUE}")
    private long rows = 1_000_000;

    @Option(names = "--columns", paramLabel = "C", description = "At least 4. Default: ${DEFAULT-VALUE}")
    private int columns = 20;

    /// @param ceilings of the largest batch's rows
    record Measured(int columns, List<BatchRun> batches, Ceilings ceilings) {

        BatchRun largest() {
            return batches.getLast();
        }

        /// Of the largest batch.
        @JsonProperty
        List<Stage.Cost> stages() {
            return Stage.costs(largest(), ceilings);
        }

        /// Of all processes, microseconds per row of the largest batch.
        @JsonProperty
        double cpuMicros() {
            return largest().perRow(largest().whole().total());
        }

        /// What all parts would cost alone, microseconds per row.
        @JsonProperty
        double partsAlone() {
            return stages().stream()
                    .map(Stage.Cost::ceiling)
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .sum();
        }

        @JsonProperty
        double rowsPerSecond() {
            return largest().rowsPerSecond();
        }
    }

    @Override
    public void run() {
        if (rows < 1 || columns < FEWEST_COLUMNS) {
            throw new Failure("--rows must be at least 1 and --columns at least " + FEWEST_COLUMNS);
        }
        Measured measured = options.run("data", this::measure);
        DataTables.print(options.story(), measured);
    }

    private Measured measure(Platform platform, Scratch scratch) throws IOException, InterruptedException {
        BenchRows table = new BenchRows(columns);
        Services services = Services.of(platform);
        services.registry().put(BenchRows.NAME, table.useCase());
        List<BatchRun> runs = new ArrayList<>();
        Path csv = scratch.file("rows.csv");
        for (long size : List.of(Math.max(1, rows / 100), Math.max(1, rows / 10), rows)) {
            options.story().tell("%,d rows of %d columns …", size, columns);
            table.write(csv, size);
            runs.add(BatchRun.of(platform, csv, options.story()));
        }
        options.story().tell("What the parts cost alone …");
        return new Measured(columns, runs, ceilings(platform, services, scratch, csv));
    }

    /// The broker's part of producing and consuming is what its process took meanwhile.
    private Ceilings ceilings(Platform platform, Services services, Scratch scratch, Path csv)
            throws IOException, InterruptedException {
        Path schema = scratch.file("schema.json");
        Files.write(
                schema,
                Json.bytes(Wait.seconds(SCHEMA_PATIENCE_SECONDS, "the schema")
                        .until(() -> services.validation().schema(BenchRows.NAME))
                        .schema()));
        Usage before = Usage.of(platform);
        Ceilings measured = Ceilings.measure(
                platform,
                Part.VALIDATION,
                "data",
                List.of(
                        "csv=" + csv,
                        "schema=" + schema,
                        "bootstrap=" + platform.bootstrapServers(),
                        "lake=" + scratch.file("lake")));
        double broker = Usage.of(platform).since(before).of(Part.KAFKA);
        return measured.with("broker", rows, broker);
    }
}
