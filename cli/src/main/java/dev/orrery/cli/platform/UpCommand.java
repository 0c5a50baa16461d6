package dev.orrery.cli.platform;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "up", description = "Start PostgreSQL, Kafka and the six services. Ctrl-C stops them all.")
final class UpCommand implements Runnable {

    private final Rehearsal rehearsal;

    @Mixin
    private PlatformOptions options;

    @Option(
            names = {"-d", "--detach"},
            description = "Return when all is up, and leave it running.")
    private boolean detach;

    @Mixin
    private UpOptions extent;

    UpCommand(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    @Override
    public void run() {
        if (detach) {
            new Background(options, extent, System.out).start();
        } else {
            new Foreground(options, extent, rehearsal, System.out).run();
        }
    }
}
