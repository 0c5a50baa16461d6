package dev.orrery.cli.torture;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.Wait;
import dev.orrery.cli.bench.BenchOptions;
import dev.orrery.cli.bench.Scratch;
import dev.orrery.cli.client.Ingest.Batch;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.platform.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A batch whose way into the lake is beset with kills.
@Command(
        name = "data",
        description = {
            "Send a batch with planted faults, kill ingest, validation and the broker while it is on its way, and check:"
                    + " every row was judged once, every good one is in the dataset version once, and the report names"
                    + " what was planted."
        })
final class DataTorture implements Runnable {

    private static final int PATIENCE_SECONDS = 60;
    private static final int MOST_KILLS = 5;

    @Mixin
    private BenchOptions options;

    @Option(names = "--rows", paramLabel = "N", description = "Of the batch. Default: ${DEFAULT-VALUE}")
    private int rows = 1_000_000;

    @Option(names = "--seed", paramLabel = "S", description = "Same seed, same moments. Default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(names = "--kills", paramLabel = "N", description = "Of each part, at most 5. Default: ${DEFAULT-VALUE}")
    private int kills = 2;

    @Override
    public void run() {
        if (rows < 1 || kills < 1 || kills > MOST_KILLS) {
            throw new Failure("--rows must be at least 1, and --kills 1 to %d: a part that dies more often is left down"
                    .formatted(MOST_KILLS));
        }
        Findings findings = options.run("torture data", this::torture);
        if (!findings.faults().isEmpty()) {
            throw new Failure("not whole:\n  " + String.join("\n  ", findings.faults()));
        }
        options.story()
                .conclude(
                        "Whole: %,d rows judged once, %,d in the lake once.",
                        rows, findings.stored().rows());
    }

    private Findings torture(Platform platform, Scratch scratch) throws IOException, InterruptedException {
        Story story = options.story();
        Services services = Services.of(platform);
        TortureRows table = new TortureRows("torture-" + UUID.randomUUID(), rows);
        services.registry().put(table.name(), table.useCase());
        Path csv = scratch.file("rows.csv");
        table.write(csv);
        story.tell("%,d rows, %,d of them broken; seed %d.", rows, table.broken(), seed);
        Batch batch = Wait.seconds(PATIENCE_SECONDS, "the dataset")
                .until(() -> services.ingest().send(table.name(), csv, table.name()));
        Attack attack = new Attack(platform, story, batch, new Kills(seed, kills));
        var report = attack.run();
        story.tell("%s: %,d validated, %,d rejected.", report.state(), report.validated(), report.rejected());
        StoredRows stored = report.datasetVersion() == null
                ? StoredRows.NONE
                : StoredRows.read(
                        platform, services.validation().version(table.name(), report.datasetVersion()), batch.id());
        return Findings.of(seed, table, attack.made(), report, stored);
    }
}
