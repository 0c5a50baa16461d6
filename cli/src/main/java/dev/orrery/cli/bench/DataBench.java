package dev.orrery.cli.bench;

import dev.orrery.cli.Failure;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    @Mixin
    private BenchOptions options;

    @Option(names = "--rows", paramLabel = "N", description = "Of the largest batch. Default: ${DEFAULT-VALUE}")
    private long rows = 1_000_000;

    @Option(names = "--columns", paramLabel = "C", description = "At least 4. Default: ${DEFAULT-VALUE}")
    private int columns = 20;

    /// @param ceilings of the largest batch's rows
    record Measured(int columns, List<BatchRun> batches, Ceilings ceilings) {}

    @Override
    public void run() {
        if (rows < 1 || columns < FEWEST_COLUMNS) {
            throw new Failure("--rows must be at least 1 and --columns at least " + FEWEST_COLUMNS);
        }
        Measured measured = options.run("data", this::measure);
        DataTables.print(options.story(), measured);
    }

    private Measured measure(Platform platform, Scratch scratch) throws IOException, InterruptedException {
        Services services = Services.of(platform);
        BenchRows table = new BenchRows(columns);
        services.registry().put(BenchRows.NAME, table.useCase());
        List<BatchRun> runs = new ArrayList<>();
        Path csv = scratch.file("rows.csv");
        for (long size : List.of(Math.max(1, rows / 100), Math.max(1, rows / 10), rows)) {
            options.story().tell("%,d rows of %d columns …", size, columns);
            table.write(csv, size);
            runs.add(BatchRun.of(platform, csv, options.story()));
        }
        options.story().tell("What the parts cost alone …");
        return new Measured(columns, runs, Ceilings.measure(platform, Part.VALIDATION, "data", List.of("csv=" + csv)));
    }
}
