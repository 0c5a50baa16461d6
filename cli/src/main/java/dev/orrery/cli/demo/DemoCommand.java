package dev.orrery.cli.demo;

import dev.orrery.cli.Failure;
import dev.orrery.cli.Story;
import dev.orrery.cli.Terminal;
import dev.orrery.cli.client.ServiceProblem;
import dev.orrery.cli.client.Services;
import dev.orrery.cli.client.UseCaseText;
import dev.orrery.cli.platform.Platform;
import dev.orrery.cli.platform.Project;
import dev.orrery.cli.platform.Target;
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
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./orrery demo",
            "  ./orrery demo --exit --json > summary.json",
            "  ./orrery demo --use-case my.yaml --data my.csv",
            "  ./orrery demo --at http://localhost"
        })
public final class DemoCommand implements Runnable {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    @Mixin
    private Target target;

    @Option(names = "--exit", description = "Stop the platform afterwards.")
    private boolean exit;

    @Option(names = "--json", description = "Print every figure as JSON at the end; the story goes to standard error.")
    private boolean json;

    @Option(names = "--no-recording", description = "As with up: do not record start-up caches that are missing.")
    private boolean unrecorded;

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
        if (exit && target.isElsewhere()) {
            throw new Failure("--exit stops the platform of this machine; one elsewhere is not ours to stop");
        }
        Path folder = Sample.folder(Project.here().folder());
        UseCaseText text = UseCaseText.read(own == null ? folder.resolve("use-case.yaml") : own.useCase);
        Path csv = own == null ? folder.resolve("customers.csv") : own.data;
        requireFile(csv);
        if (own == null) {
            Sample.requireUnchanged(csv);
        }
        Run run = new Run(new Story(json ? System.err : System.out, Terminal.here()));
        tell(run, () -> travel(run, unique(text), csv, folder.resolve("planted.csv")));
        if (!run.wrong().isEmpty()) {
            throw new Failure("the demo ended, but not as it should:\n  " + String.join("\n  ", run.wrong()));
        }
    }

    /// Travels, and leaves the figures behind however far it came.
    private void tell(Run run, Runnable journey) {
        Path summary = target.home().path().resolve("demo").resolve("summary.json");
        Summary.forget(summary);
        try {
            journey.run();
        } catch (ServiceProblem | Failure e) {
            throw run.brokenOff(e);
        } finally {
            run.summary.write(summary);
            run.story.tell("Figures: %s", summary);
            if (json) {
                System.out.println(run.summary.json());
            }
        }
    }

    /// Each demo has a use case of its own, so that none finds another's traces.
    private static UseCaseText unique(UseCaseText text) {
        return text.named(text.name() + "-" + LocalDateTime.now().format(STAMP));
    }

    private void travel(Run run, UseCaseText text, Path csv, Path planted) {
        Platform platform = run.step("platform", "Start the platform", null, () -> start(run));
        Thread interrupted = new Thread(() -> interrupted(run, platform));
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            Services services = Services.of(platform);
            Script script = own == null
                    ? new SampleScript(run, CustomerFile.readPlanted(planted))
                    : new OwnScript(services, run);
            new Journey(services, run, script).travel(text, csv);
        } finally {
            Runtime.getRuntime().removeShutdownHook(interrupted);
            leave(run, platform);
        }
    }

    private Platform start(Run run) {
        boolean runs = target.ifRunning().isPresent();
        Platform platform = target.attachOrStart(run.story.out(), !unrecorded);
        if (!platform.isLocal()) {
            run.story.tell("It is the one at %s.", platform);
        } else {
            run.story.tell(runs ? "It is running already." : "PostgreSQL, Kafka and the six services are up.");
        }
        return platform;
    }

    /// Stops what is to be stopped, and says where the rest can be looked at: only what was made.
    private void leave(Run run, Platform platform) {
        run.story.blank();
        if (exit) {
            platform.stop(run.story.out());
            run.story.tell("The platform is stopped; its data stays.");
            return;
        }
        if (platform.isLocal()) {
            run.story.tell("The platform stays up; stop it with: ./orrery down");
        }
        if (!run.sights().isEmpty()) {
            run.story.tell("Worth a look:");
            run.sights().forEach(address -> run.story.item("%s", address));
        }
    }

    /// Ctrl-C ends the demo, not the platform, unless it was to stop anyway.
    private void interrupted(Run run, Platform platform) {
        run.story.blank();
        if (exit) {
            platform.stop(run.story.out());
        } else if (platform.isLocal()) {
            run.story.tell("Interrupted. The platform goes on running; stop it with: ./orrery down");
        }
    }

    private static void requireFile(Path csv) {
        if (!Files.isRegularFile(csv) || !Files.isReadable(csv)) {
            throw new Failure("cannot read the data %s: %s"
                    .formatted(csv, Files.notExists(csv) ? "there is no such file" : "it is not a readable file"));
        }
    }
}
