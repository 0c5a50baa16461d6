package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import dev.orrery.cli.platform.PlatformState.Child;
import dev.orrery.cli.platform.PlatformState.Status;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "restart",
        description = "Start one part of the running platform anew, also one that was left down. The others go on.")
final class RestartCommand implements Runnable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Mixin
    private HomeOption home;

    @Parameters(paramLabel = "SERVICE", description = "A part: ingest, kafka, inference-service, …")
    private String name;

    @Override
    public void run() {
        Part part = Part.named(name);
        Platform platform = Platform.running(home.home()).orElseThrow(() -> Platform.notRunning(home.home()));
        Child before = platform.state().child(part);
        if (before.status() == Status.HELD) {
            throw new Failure("%s is %s; end that first".formatted(part.title(), before.note()));
        }
        Requests.of(home.home()).restart(part);
        Child now = Waiting.atMost(PATIENCE, () -> platform.state().child(part), child -> isAnew(before, child));
        if (now.status() != Status.UP) {
            throw new Failure("%s does not come up: %s\n  Its log: ./orrery logs %s"
                    .formatted(part.title(), now.note(), part.title()));
        }
        System.out.println("%s is up again, in %.1f s.".formatted(part.title(), now.seconds()));
    }

    /// Up as another process, or dead already.
    private static boolean isAnew(Child before, Child now) {
        return now.status() == Status.UP && !now.process().equals(before.process())
                || now.status() == Status.RESTARTING && now.since().isAfter(before.since());
    }
}
