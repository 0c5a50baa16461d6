package dev.orrery.cli.bench;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.Table;
import dev.orrery.cli.Wait;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import dev.orrery.cli.platform.Usage;
import dev.orrery.contracts.Topic;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How fast predictions become closed windows.
@Command(
        name = "monitoring",
        description = {
            "Predictions per second and processor time per prediction, from blocks on their topic to closed windows.",
            "A tenth of the predictions go first, to warm up."
        })
final class MonitoringBench implements Runnable {

    private static final int PATIENCE_SECONDS = 3_600;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final int WARM_UP = 10;
    /// As use cases have it that say nothing.
    private static final int WINDOW = 500;

    @Mixin
    private BenchOptions options;

    @Option(names = "--predictions", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
    private long predictions = 1_000_000;

    @Option(names = "--columns", paramLabel = "C", description = "Default: ${DEFAULT-VALUE}")
    private int columns = 20;

    /// @param windows          that were closed
    /// @param seconds          from the first block sent until all was counted
    /// @param whole            processor time meanwhile
    /// @param perSecondAndCore predictions that monitoring counts with a core of its own
    /// @param cpuMicros        of monitoring, per prediction
    record Measured(
            long predictions,
            int columns,
            long windows,
            double seconds,
            Usage whole,
            Memory memory,
            double perSecondAndCore,
            double cpuMicros,
            Ceilings ceilings) {}

    @Override
    public void run() {
        if (predictions < WINDOW || columns < 1) {
            throw new Failure("--predictions must be at least %d and --columns at least 1".formatted(WINDOW));
        }
        print(options.story(), options.run("monitoring", (platform, _) -> measure(platform)));
    }

    private Measured measure(Platform platform) throws IOException, InterruptedException {
        BenchPredictions made = new BenchPredictions("bench-" + UUID.randomUUID(), columns);
        Services.of(platform).registry().register(made.model(), "profile.json", made.profile());
        long warmUp = Math.max(WINDOW, predictions / WARM_UP);
        options.story().tell("%,d predictions of %d columns to warm up …", warmUp, columns);
        long before = count(platform, made, 0, warmUp);
        options.story().tell("%,d predictions …", predictions);
        Usage usage = Usage.of(platform);
        long start = System.nanoTime();
        long windows = count(platform, made, warmUp, predictions) - before;
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        Usage whole = Usage.of(platform).since(usage);
        Memory memory = Memory.of(platform);
        options.story().tell("What the parts cost alone …");
        Ceilings ceilings = Ceilings.measure(
                platform,
                Part.MONITORING,
                "monitoring",
                List.of("brokers=" + platform.bootstrapServers(), "topic=" + Topic.PREDICTIONS.title()));
        double cpu = whole.of(Part.MONITORING);
        return new Measured(
                predictions,
                columns,
                windows,
                seconds,
                whole,
                memory,
                predictions / cpu,
                cpu * MICROS_PER_SECOND / predictions,
                ceilings);
    }

    /// Sends so many more and waits until they are counted, and every window that they fill is closed: the first ones
    /// may
    /// have to wait for the model's profile.
    ///
    /// @return how many windows were closed by then
    private long count(Platform platform, BenchPredictions made, long before, long more) {
        made.send(platform.bootstrapServers(), before, more);
        return Wait.seconds(PATIENCE_SECONDS, "the predictions to be counted")
                .until(() -> Services.of(platform).monitoring().monitor(made.model(), 1), seen -> {
                    options.story().progress("predictions counted", seen.predictions() - before, more);
                    return seen.predictions() == before + more && seen.windows() >= (before + more) / WINDOW;
                })
                .windows();
    }

    private static void print(Story story, Measured measured) {
        story.blank();
        story.table(new Table("", "PREDICTIONS", "WINDOWS", "SECONDS", "PER CORE AND s")
                .row(
                        "counted",
                        measured.predictions(),
                        measured.windows(),
                        measured.seconds(),
                        measured.perSecondAndCore())
                .toString());
        story.blank();
        Table processes = new Table("PROCESS", "CPU us/PREDICTION", "MiB");
        measured.memory().mebibytes().forEach((part, held) -> processes.row(part.title(), cpu(measured, part), held));
        story.table(processes.toString());
        story.blank();
        Table ceilings = new Table("ALONE", "CPU us/PREDICTION", "PER SECOND");
        measured.ceilings()
                .all()
                .forEach(ceiling -> ceilings.row(ceiling.part(), ceiling.cpuMicros(), ceiling.perSecond()));
        story.table(ceilings.toString());
    }

    private static double cpu(Measured measured, Part part) {
        return measured.whole().of(part) * MICROS_PER_SECOND / measured.predictions();
    }
}
