package dev.orrery.cli.platform;

import dev.orrery.cli.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine.Command;

/// What the entry script calls after a build, so that it runs a copy and not the build's own files.
@Command(name = "install", hidden = true, description = "Copy what was built to where it is run from.")
final class InstallCommand implements Runnable {

    @Override
    public void run() {
        Distribution distribution = new Distribution(Project.here());
        Arrays.stream(Part.values()).forEach(distribution::install);
        Path program = distribution.install(Part.KAFKA);
        try {
            distribution.nameCurrent(program, StartupCache.commandLine(program).file());
        } catch (IOException e) {
            throw new Failure("cannot write to %s: %s".formatted(distribution.folder(), Reason.of(e)), e);
        }
    }
}
