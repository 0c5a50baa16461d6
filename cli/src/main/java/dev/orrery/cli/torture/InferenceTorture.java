package dev.orrery.cli.torture;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.bench.BenchOptions;
import dev.orrery.cli.bench.Scratch;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Predictions that nothing may disturb.
@Command(
        name = "inference",
        description = {
            "Ask for predictions at half the rate that is possible, switch versions all the while, kill the broker, the"
                    + " registry and the database in turn, and check: no request failed, every prediction is on record"
                    + " once by its id, memory stays as it is."
        })
final class InferenceTorture implements Runnable {

    private static final Duration MEASURING = Duration.ofSeconds(5);
    private static final int SECONDS = 60;

    @Mixin
    private BenchOptions options;

    @Option(names = "--minutes", paramLabel = "N", description = "How long. Default: ${DEFAULT-VALUE}")
    private double minutes = 10;

    @Option(names = "--every", paramLabel = "S", description = "Seconds between switches. Default: ${DEFAULT-VALUE}")
    private int every = 10;

    @Option(names = "--rate", paramLabel = "R", description = "Requests a second. Default: half of what is possible.")
    private double rate;

    @Option(names = "--seed", paramLabel = "S", description = "Same seed, same order. Default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Override
    public void run() {
        if (minutes <= 0 || every < 1 || rate < 0) {
            throw new Failure("--minutes must be above 0, --every at least 1, --rate not below 0");
        }
        Endured endured = options.run("torture inference", this::torture);
        if (!endured.faults().isEmpty()) {
            throw new Failure("not undisturbed:\n  " + String.join("\n  ", endured.faults()));
        }
        options.story()
                .conclude(
                        "Undisturbed: %,d predictions answered, none failed, each on record; %d switches, %d kills.",
                        endured.answered(), endured.switches(), endured.killed().size());
    }

    private Endured torture(Platform platform, Scratch scratch) throws IOException, InterruptedException {
        Story story = options.story();
        TortureModels models =
                TortureModels.train("torture-" + UUID.randomUUID(), platform, scratch.file("rows.csv"), story);
        Switches switches = new Switches(models, platform);
        switches.next();
        URI address = platform.url(Part.INFERENCE).resolve("/v1/endpoints/%s/predictions".formatted(models.name()));
        try (RecordedIds recorded = new RecordedIds(platform, models.name());
                Callers callers = new Callers(address)) {
            double asked = rate > 0 ? rate : callers.capacity(MEASURING) / 2;
            story.tell("%,.0f requests a second for %.1f minutes; seed %d.", asked, minutes, seed);
            Siege siege = new Siege(platform, story, switches, seed);
            callers.start(asked);
            siege.run(Duration.ofMillis((long) (minutes * SECONDS * 1000)), Duration.ofSeconds(every));
            callers.stop();
            story.tell("Answers by version: %s.", callers.versions());
            return Endured.of(seed, asked, callers, switches, siege, recorded.of(callers.ids()));
        }
    }
}
