package dev.orrery.cli.demo;

import dev.orrery.cli.Failure;
import dev.orrery.cli.client.ServiceProblem;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.client.UseCaseText;
import dev.orrery.cli.platform.Part;
import dev.orrery.cli.platform.Platform;
import dev.orrery.cli.platform.PlatformOptions;
import dev.orrery.cli.platform.Project;
import dev.orrery.cli.simulation.CustomerFile;
import dev.orrery.cli.simulation.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The whole lifecycle, from a file to a drift alert.
@Command(
        name = "demo",
        description = {
            "Turn the whole lifecycle once: apply a use case, ingest, validate, train, promote, predict, monitor.",
            "Without --use-case and --data, with the churn sample, whose truth is known."
        })
public final class DemoCommand implements Runnable {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    @Mixin
    private PlatformOptions options;

    @Option(names = "--exit", description = "Stop the platform afterwards.")
    private boolean exit;

    @ArgGroup(exclusive = false)
    private Own own;

    /// Somebody's own data.
    static final class Own {

        @Option(
                names = "--use-case",
                paramLabel = "FILE",
                required = true,
                description = "Your own use case, with --data.")
        private Path useCase;

        @Option(names = "--data", paramLabel = "CSV", required = true, description = "Its rows, with --use-case.")
        private Path data;
    }

    @Override
    public void run() {
        Path folder = Sample.folder(Project.here().folder());
        UseCaseText text = UseCaseText.read(own == null ? folder.resolve("use-case.yaml") : own.useCase);
        Path csv = own == null ? folder.resolve("customers.csv") : own.data;
        requireFile(csv);
        if (own == null) {
            Sample.requireUnchanged(csv);
        }
        UseCaseText mine = text.named(text.name() + "-" + LocalDateTime.now().format(STAMP));
        Path summary = options.home().path().resolve("demo").resolve("summary.json");
        Summary.forget(summary);
        Run run = new Run(new Story(
                System.out, System.console() != null && System.console().isTerminal()));
        try {
            travel(run, mine, csv, folder.resolve("planted.csv"));
        } catch (ServiceProblem e) {
            throw new Failure(e.getMessage(), e);
        } finally {
            run.summary.write(summary);
            run.story.tell("Figures: %s", summary);
        }
        if (!run.wrong().isEmpty()) {
            throw new Failure("the demo ended, but not as it should:\n  " + String.join("\n  ", run.wrong()));
        }
    }

    private void travel(Run run, UseCaseText text, Path csv, Path planted) {
        boolean mine = Platform.running(options.home()).isEmpty();
        Platform platform = run.step("platform", "Start the platform", () -> {
            Platform started = Platform.attachOrStart(options, run.story.out());
            run.story.tell(mine ? "PostgreSQL, Kafka and the six services are up." : "It is running already.");
            return started;
        });
        Thread stop = new Thread(() -> platform.stop(System.out));
        if (mine || exit) {
            Runtime.getRuntime().addShutdownHook(stop);
        }
        try {
            Services services = Services.of(platform);
            Script script = own == null
                    ? new SampleScript(run, CustomerFile.readPlanted(planted))
                    : new OwnScript(services, run);
            new Journey(services, run, script).travel(text, csv);
        } finally {
            if (mine || exit) {
                Runtime.getRuntime().removeShutdownHook(stop);
            }
            leave(run, platform, text.name());
        }
    }

    /// Stops what is to be stopped, and says where the rest can be looked at.
    private void leave(Run run, Platform platform, String name) {
        run.story.blank();
        if (exit) {
            platform.stop(run.story.out());
            run.story.tell("The platform is stopped; its data stays.");
            return;
        }
        run.story.tell("The platform stays up; stop it with: ./orrery down");
        Part.services().forEach(part -> run.story.tell("  %-27s %s/q/swagger-ui", part.title(), platform.url(part)));
        run.story.tell("Worth a look:");
        run.story.tell("  %s/v1/datasets/%s/versions", platform.url(Part.VALIDATION), name);
        run.story.tell("  %s/v1/models/%s/versions", platform.url(Part.REGISTRY), name);
        run.story.tell("  %s/v1/endpoints/%s", platform.url(Part.INFERENCE), name);
        run.story.tell("  %s/v1/monitors/%s", platform.url(Part.MONITORING), name);
        run.story.tell("  %s/v1/alerts?endpoint=%s", platform.url(Part.MONITORING), name);
    }

    private static void requireFile(Path csv) {
        if (!Files.isRegularFile(csv) || !Files.isReadable(csv)) {
            throw new Failure("cannot read the data %s: %s"
                    .formatted(csv, Files.notExists(csv) ? "there is no such file" : "it is not a readable file"));
        }
    }
}
